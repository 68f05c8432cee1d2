/// What the process remembers of one book between batches: its head as last seen, and rows of its tables.
final class BookState {
    var head: Head
    private(set) var caches: [(any AnyTableCache)?] = []
    /// What its young rows took when they were last counted.
    private(set) var countedBytes = 0
    private let tables: KnownTables

    init(head: Head, tables: KnownTables) {
        self.head = head
        self.tables = tables
    }

    func cache<R: Row>(of type: R.Type) -> TableCache<R> {
        let ordinal = R.table.ordinal.index
        if ordinal < caches.count, let cache = caches[ordinal] { return unsafeDowncast(cache, to: TableCache<R>.self) }
        return makeCache(of: type)
    }

    private func makeCache<R: Row>(of type: R.Type) -> TableCache<R> {
        // What is not in the writing order would be changed in memory and never written.
        precondition(tables.contains(R.table.ordinal), "\(R.table.name) is in no schema step this engine was given")
        while caches.count <= R.table.ordinal.index { caches.append(nil) }
        let cache = TableCache<R>(hashStart: hashStart)
        caches[R.table.ordinal.index] = cache
        return cache
    }

    func cache(at ordinal: TableOrdinal) -> (any AnyTableCache)? {
        ordinal.index < caches.count ? caches[ordinal.index] : nil
    }

    /// Where hashes of keys in runs begin; nil where the database has an index of each.
    var hashStart: KeyHash? { tables.runSeed.map { KeyHash(book: head.book, seed: $0) } }

    /// Counts anew. Answers by how much more there is than before.
    func recount() -> Int {
        let before = countedBytes
        countedBytes = caches.reduce(Self.emptyBytes) { $0 + ($1?.youngBytes ?? 0) }
        return countedBytes - before
    }

    func age() {
        for cache in caches { cache?.age() }
    }

    var isEmpty: Bool { caches.allSatisfy { $0?.isEmpty ?? true } }

    /// The head with its tree, and the array of caches.
    private static var emptyBytes: Int { 2_048 }
}
