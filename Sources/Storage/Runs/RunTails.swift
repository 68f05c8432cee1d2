/// Rows of one table that stand in no run yet, under each of its keys, and which rows those are.
struct RunTails: Sendable {
    private(set) var keys: [RunTail]
    private(set) var rowCount = 0
    /// For each book the internal ids between which its rows lie.
    private(set) var ranges: [BookID: RunRange] = [:]

    /// How far these were when a batch began.
    struct Mark: Sendable {
        fileprivate let counts: [Int]
        fileprivate let rowCount: Int
        fileprivate let ranges: [BookID: RunRange]
    }

    /// - Parameter areLists: Of each key whether many rows may share a value.
    init(areLists: [Bool]) {
        keys = areLists.map(RunTail.init(isList:))
    }

    var mark: Mark { Mark(counts: keys.map(\.count), rowCount: rowCount, ranges: ranges) }

    mutating func append(_ entry: RunEntry, key: Int) { keys[key].append(entry) }

    /// Counts a row that has been filed under its keys.
    /// - Parameter after: The last row of its book that is not among these.
    mutating func count(_ id: Int64, of book: BookID, after: Int64) {
        rowCount += 1
        ranges[book] = RunRange(book: book, after: ranges[book]?.after ?? after, through: id)
    }

    mutating func truncate(to mark: Mark) {
        for (key, count) in mark.counts.enumerated() { keys[key].truncate(to: count) }
        rowCount = mark.rowCount
        ranges = mark.ranges
    }

    /// Writes these as a run of their own.
    func write(_ identity: RunIdentity, isFiltered: [Bool], in directory: DurableDirectory) throws(StorageFault) {
        try RunFileWriter.write(
            zip(keys, isFiltered).map { ($0.entries, $1) }, as: identity, in: directory)
    }

    /// What they take in memory.
    var bytes: Int { keys.reduce(0) { $0 + $1.bytes } }
}
