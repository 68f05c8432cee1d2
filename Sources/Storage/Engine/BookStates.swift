/// The books a process remembers, bounded in bytes.
struct BookStates {
    let tables: KnownTables
    private let bytesMax: Int
    private var states: [BookID: BookState] = [:]
    private var youngBytes = 0
    private var olderBytes = 0

    /// - Parameter bytesMax: What all rows may take between batches, both generations together.
    init(tables: KnownTables, bytesMax: Int) {
        self.tables = tables
        self.bytesMax = bytesMax
    }

    var bytes: Int { youngBytes + olderBytes }

    /// What is remembered of a book, or nothing but its head when somebody else has written to it since.
    mutating func state(for head: Head) -> BookState {
        if let known = states[head.book], known.head.isSameState(as: head) { return known }
        forget(head.book)
        let state = BookState(head: head, tables: tables)
        states[head.book] = state
        return state
    }

    mutating func forget(_ book: BookID) {
        if let known = states.removeValue(forKey: book) { youngBytes -= known.countedBytes }
    }

    /// Counts what these books take now.
    mutating func count(_ touched: some Sequence<BookID>) {
        for book in touched { youngBytes += states[book]?.recount() ?? 0 }
    }

    /// All of them take too much.
    var isFull: Bool { youngBytes > bytesMax / 2 }

    /// Lets go of the rows that were not used for long.
    mutating func age() {
        for state in states.values { state.age() }
        states = states.filter { !$0.value.isEmpty }
        olderBytes = youngBytes
        youngBytes = states.values.reduce(0) { sum, state in
            _ = state.recount()
            return sum + state.countedBytes
        }
    }

    mutating func forgetAll() {
        states = [:]
        youngBytes = 0
        olderBytes = 0
    }
}
