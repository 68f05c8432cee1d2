/// The rows of a batch under each of their keys, in the order of their internal ids.
struct RunFiling<R: Row> {
    private(set) var ids: [Int64] = []
    private(set) var entries: [(key: Int, entry: RunEntry)] = []
    private let start: KeyHash
    private var isAscending = true

    init(_ start: KeyHash) {
        self.start = start
    }

    mutating func add(_ row: R) {
        let id = row.runID
        if let last = ids.last, last > id { isAscending = false }
        ids.append(id)
        for (key, runKey) in R.table.runKeys.enumerated() {
            runKey.file(row, start) { entries.append((key, RunEntry(hash: $0, id: id))) }
        }
    }

    /// Bodies may add rows in another order than they have numbered them.
    mutating func order() {
        guard !isAscending else { return }
        ids.sort()
        entries.sort { $0.entry.id < $1.entry.id }
    }
}

extension RunTails {
    /// Files one row, which is not below those of its book already here.
    mutating func file<R: Row>(_ row: R, _ id: Int64, _ book: BookID, _ start: KeyHash, after: Int64) {
        for (key, runKey) in R.table.runKeys.enumerated() {
            runKey.file(row, start) { append(RunEntry(hash: $0, id: id), key: key) }
        }
        count(id, of: book, after: after)
    }
}

extension Row {
    /// The number by which runs tell the row apart.
    var runID: Int64 {
        guard let id = key.internalID else { preconditionFailure("\(Self.table.name): rows in runs have numbers") }
        return id
    }
}
