/// Sees to it that the planner learns early that tables are not empty any more.
///
/// What it believes of an empty table makes every index that begins with the book as good as the key, and plans are kept: until
/// the server looks at the table by itself, a minute later or never, each statement would read the whole book.
struct PostgresStatistics {
    /// From so many rows on the key is the cheapest way to a row, and stays so as the table grows.
    private static let rowCount = 100
    private static let isBelievedEmpty =
        "SELECT count(*) FROM pg_class WHERE oid = $1::regclass AND reltuples < \(rowCount)"

    /// Rows that were added, by the tables' ordinals.
    private var added: [Int] = []
    private var grown: [String] = []

    mutating func noteInserted(_ count: Int, into table: any TableDescription) {
        let place = table.ordinal.index
        while added.count <= place { added.append(0) }
        let before = added[place]
        added[place] = min(before + count, Self.rowCount)
        if before < Self.rowCount, added[place] == Self.rowCount { grown.append(table.name) }
    }

    /// Tells the planner of the tables that have grown, where it does not know. Between transactions only.
    mutating func tellPlanner(on connection: PostgresConnection) throws(StorageFault) {
        while let table = grown.popLast() {
            var mustTell = false
            try connection.run(Self.isBelievedEmpty, PostgresParameters([.text(table)])).forEach {
                mustTell = $0.integer() > 0
            }
            // Who holds the lock is doing just that.
            if mustTell { try connection.execute("ANALYZE (SKIP_LOCKED) \(table)") }
        }
    }
}
