/// One moment of a whole database file, for as long as this value lives: for `verify` and exports, which look at
/// everything once and must see it all of one piece.
///
/// Opened read-only, also beside a running server, whose write-ahead log cannot be carried over past this moment while
/// it is looked at: it grows meanwhile, and shrinks again afterwards.
package final class FileSnapshot {
    private let connection: SQLiteConnection
    package let heads: [Head]

    /// - Throws: `StorageFault.cannotOpen` where there is no database of ours.
    package init(directory: String) throws {
        let path = Database.file(in: directory)
        do { connection = try SQLiteConnection(path: path, access: .readOnly) } catch {
            throw StorageFault.cannotOpen("there is no database at \(path)")
        }
        try connection.execute("PRAGMA query_only = ON; BEGIN")
        heads = try connection.heads()
    }

    /// The rows of one book, at this moment.
    package func rows(of head: Head) -> Rows {
        Rows(connection, head: head)
    }

    /// What SQLite finds wrong with the file itself: pages that are not what others say they are, and indexes that have not the
    /// rows of their tables. A page that went back to what it was before (a write that the disk lost) is mostly found here:
    /// an index misleads whoever looks a key up, and nobody who reads the table.
    package func damages() throws -> [String] {
        let statement = try connection.statement("PRAGMA integrity_check")
        var damages: [String] = []
        while try statement.step() {
            var columns = statement.columns
            damages.append(columns.text())
        }
        return damages == ["ok"] ? [] : damages
    }

    /// Books of which there are events and no head.
    package func booksWithoutHead() throws -> [BookID] {
        let statement = try connection.statement(
            "SELECT DISTINCT book FROM event WHERE book NOT IN (SELECT book FROM head) ORDER BY book")
        var books: [BookID] = []
        while try statement.step() {
            var columns = statement.columns
            books.append(BookID(rawValue: columns.integer()))
        }
        return books
    }
}
