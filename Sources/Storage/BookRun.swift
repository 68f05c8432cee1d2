/// One book during one batch: its rows in memory, what the bodies did to them so far, and how to go back.
final class BookRun {
    struct Mark {
        let changes: Int
        let entries: Int
        let identifier: Int64
        let recordedChanges: Int
    }

    let state: BookState
    let now: Instant
    var entries = LogEntries()
    var lastIdentifier: Int64
    /// A look-up found nothing in memory: the run in hand is discarded, however the body returns.
    private(set) var missed = false
    /// A look-up failed in the database: the batch cannot go on.
    private(set) var fault: (any Error)?
    private var readsInPlace = false
    private let connection: any WriterConnection
    private var changes: [Int] = []
    private var recordedChanges = 0

    init(_ state: BookState, clock: Instant, connection: any WriterConnection) {
        self.state = state
        self.connection = connection
        now = max(clock, state.head.lastTime.advanced(by: Instant.Span(microseconds: 1)))
        lastIdentifier = state.head.lastIdentifier
    }

    var book: BookID { state.head.book }
    var changedNothing: Bool { changes.isEmpty && entries.count == 0 }

    // MARK: Running a body

    /// Starts a body's run. Answers the mark to which a discarded run goes back.
    func start(readsInPlace: Bool) -> Mark {
        missed = false
        fault = nil
        self.readsInPlace = readsInPlace
        return mark
    }

    /// What every body owes the log: recorded rows never change without an event that tells of it.
    func checkRecorded(since mark: Mark) {
        precondition(
            recordedChanges == mark.recordedChanges || entries.count > mark.entries,
            "a body changed recorded rows and appended no event")
    }

    var mark: Mark {
        Mark(
            changes: changes.count, entries: entries.count, identifier: lastIdentifier,
            recordedChanges: recordedChanges)
    }

    func undo(to mark: Mark) {
        while changes.count > mark.changes { state.caches[changes.removeLast()]?.undoLast() }
        entries.truncate(to: mark.entries)
        lastIdentifier = mark.identifier
        recordedChanges = mark.recordedChanges
    }

    func noteChange(_ table: any TableDescription) {
        changes.append(table.ordinal.index)
        if table.rowClass == .recorded { recordedChanges += 1 }
    }

    // MARK: Finding rows

    func cache<R: Row>(of type: R.Type) -> TableCache<R> {
        state.cache(of: type)
    }

    func find<R: Row>(_ type: R.Type, _ key: R.Key) throws -> R? {
        let cache = cache(of: type)
        switch cache.find(key) {
        case .row(let row): return row
        case .absent: return nil
        case .missing: break
        }
        guard readsInPlace else {
            cache.noteMiss(key)
            return try miss()
        }
        try load { try connection.load(type, keys: [key], book: book).forEach(cache.load) }
        cache.noteAbsent(key)
        guard case .row(let row) = cache.find(key) else { return nil }
        return row
    }

    func find<R: Row, Value: RowKey>(_ key: UniqueKey<R, Value>, _ value: Value) throws -> R? {
        let cache = cache(of: R.self)
        let index = unsafeDowncast(cache.index(key), to: UniqueIndex<R, Value>.self)
        switch index.find(value) {
        case .key(let found): return try find(R.self, found)
        case .absent: return nil
        case .missing: break
        }
        guard readsInPlace else {
            index.noteMiss(value)
            return try miss()
        }
        try load { try connection.load(R.self, where: key.columns, are: [value], book: book).forEach(cache.load) }
        guard case .key(let found) = index.find(value) else {
            index.noteAbsent(value)
            return nil
        }
        return try find(R.self, found)
    }

    func group<R: Row, Value: RowKey>(_ key: GroupKey<R, Value>, _ value: Value) throws -> [R] {
        let cache = cache(of: R.self)
        let index = unsafeDowncast(cache.index(key), to: GroupIndex<R, Value>.self)
        if index.find(value) == nil {
            index.noteMiss(value)
            guard readsInPlace else { return try miss() }
            try load { try index.loadMissed(into: cache, from: connection, book: book) }
        }
        return try (index.find(value) ?? []).compactMap { try find(R.self, $0) }
    }

    private func miss<T>() throws -> T {
        missed = true
        throw Missed()
    }

    private func load(_ body: () throws -> Void) throws {
        do { try body() } catch {
            fault = error
            throw error
        }
    }

    // MARK: Ending the batch

    /// Writes what the bodies did: rows, entries, tree, head.
    func flush(in order: [TableOrdinal], log: any LogExtension, writer: Int64) throws {
        guard !changedNothing else { return }
        for ordinal in order { try state.cache(at: ordinal)?.flush(to: connection, book: book) }
        var head = state.head
        if entries.count > 0 {
            let first = head.sequence + 1
            try connection.append(entries, firstSequence: first, book: book)
            try connection.write(log.extend(&head.tree, by: entries, firstSequence: first), book: book)
            head.sequence += Int64(entries.count)
            head.lastTime = now
        }
        head.lastIdentifier = lastIdentifier
        head.writer = writer
        head.batch += 1
        try connection.updateHead(head)
        flushedHead = head
    }

    private var flushedHead: Head?

    /// The commit is known to have happened: what the bodies did is now what memory holds.
    func committed() {
        for cache in state.caches { cache?.batchCommitted() }
        if let flushedHead { state.head = flushedHead }
    }

    /// The transaction was rolled back: memory goes back to what the database has.
    func abandoned() {
        for cache in state.caches { cache?.batchAbandoned() }
    }
}

/// What the process remembers of one book between batches.
final class BookState {
    var head: Head
    private(set) var caches: [AnyTableCache?] = []

    init(head: Head) {
        self.head = head
    }

    func cache<R: Row>(of type: R.Type) -> TableCache<R> {
        let ordinal = R.table.ordinal.index
        if ordinal < caches.count, let cache = caches[ordinal] { return unsafeDowncast(cache, to: TableCache<R>.self) }
        while caches.count <= ordinal { caches.append(nil) }
        let cache = TableCache<R>()
        caches[ordinal] = cache
        return cache
    }

    func cache(at ordinal: TableOrdinal) -> AnyTableCache? {
        ordinal.index < caches.count ? caches[ordinal.index] : nil
    }

    var youngBytes: Int { caches.reduce(0) { $0 + ($1?.youngBytes ?? 0) } }

    func ageRows() {
        for cache in caches { cache?.ageRows() }
    }
}
