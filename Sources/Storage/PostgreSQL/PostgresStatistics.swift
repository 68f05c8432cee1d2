/// Sees to it that the planner learns early that a table has grown.
///
/// What it believes of an empty table makes every index that begins with the book as good as the key, and plans are kept: until
/// the server looks at the table by itself, a minute later or never, each statement would read the whole book. What it once
/// counted it goes on believing in the same way while the table grows tenfold, so it is told at each power of ten.
struct PostgresStatistics {
    /// What was inserted into one table; rows rolled back count too.
    private struct Growth {
        var added = 0
        /// How many rows the table has at least, as far as they were added here and not deleted.
        var passed = 0
        var next = 100

        /// Answers whether the table has passed another power of ten.
        mutating func note(_ count: Int) -> Bool {
            added += count
            guard added >= next else { return false }
            while added >= next { (passed, next) = (next, next * 10) }
            return true
        }
    }

    /// By the tables' ordinals.
    private var growths: [Growth] = []
    /// The tables the planner has to be told of.
    private var grown: [any TableDescription] = []

    mutating func noteInserted(_ count: Int, into table: any TableDescription) {
        let place = table.ordinal.index
        while growths.count <= place { growths.append(Growth()) }
        guard growths[place].note(count), !grown.contains(where: { $0.name == table.name }) else { return }
        grown.append(table)
    }

    /// Tells the planner of the tables that have grown, where it does not know. Between transactions only. A table that could
    /// not be told of, as when the connection ended, is told of the next time.
    mutating func tellPlanner(on connection: PostgresConnection) throws(StorageFault) {
        while let table = grown.last {
            if try Self.isBelievedSmaller(table.name, than: growths[table.ordinal.index].passed, on: connection) {
                // Who holds a lock in the way may be counting, vacuuming or altering the table, for how long nobody knows:
                // nothing waits for that, and the table is told of at its next power of ten, if the server does not look first.
                try connection.execute("ANALYZE (SKIP_LOCKED) \(table.name)")
            }
            grown.removeLast()
        }
    }

    private static func isBelievedSmaller(
        _ table: String, than count: Int, on connection: PostgresConnection
    ) throws(StorageFault) -> Bool {
        var isSmaller = false
        let parameters = PostgresParameters([.text(table), .integer(Int64(count))])
        try connection.run(believed, parameters).forEach { isSmaller = $0.boolean() }
        return isSmaller
    }

    private static let believed = "SELECT reltuples < $2 FROM pg_class WHERE oid = $1::regclass"
}
