/// Tells SQLite's planner how the tables will be filled, before they are.
///
/// Every key begins with the book, and a file holds few of them. Left to guess, SQLite takes a book for ten rows, and reads all
/// of it rather than use an index on the book and one column more: measured, recording a capture took time in proportion to
/// the captures there were. Measuring a file (`ANALYZE`) says nothing while it is small, and changes plans as it grows; these
/// figures say from the first row on what is so in a large one.
enum SQLiteStatistics {
    /// Writes the figures for every index there is, in place of what was said before.
    static func write(on connection: SQLiteConnection) throws(StorageFault) {
        // The table of figures can only be made by measuring something: the smallest table there is.
        try connection.execute("ANALYZE schema_migration; DELETE FROM sqlite_stat1; \(figures)")
    }

    /// Lets a connection plan by what was written. One that is opened afterwards does so by itself.
    static func load(on connection: SQLiteConnection) throws(StorageFault) {
        try connection.execute("ANALYZE sqlite_schema")
    }

    /// For each index its rows in all, and then how many share its first column, its first two, and so on: all of them share the
    /// book, ten the columns after it, and one the columns of a whole unique key. The key of a table without row numbers goes
    /// by the table's own name.
    private static let figures = """
        INSERT INTO sqlite_stat1 (tbl, idx, stat)
        SELECT t.name, CASE i.origin WHEN 'pk' THEN t.name ELSE i.name END,
            (SELECT 1000000 || group_concat(
                CASE WHEN c.seqno + 1 = count AND i."unique" THEN ' 1' WHEN c.name = 'book' THEN ' 1000000' ELSE ' 10' END, '')
            FROM (SELECT seqno, name, count(*) OVER () AS count FROM pragma_index_info(i.name) ORDER BY seqno) AS c)
        FROM sqlite_schema t JOIN pragma_index_list(t.name) i WHERE t.type = 'table'
        """
}
