/// One moment of a whole database, for as long as this value lives: for `verify` and exports, which look at everything
/// once and must see it all of one piece.
///
/// Opened read-only, also beside a running server. SQLite's write-ahead log cannot be carried over past this moment while it
/// is looked at: it grows meanwhile, and shrinks again afterwards.
package final class Snapshot {
    private let connection: any ReaderConnection
    package let heads: [Head]

    /// - Throws: `StorageFault.cannotOpen` where there is no database of ours.
    package init(of place: DatabasePlace) throws {
        switch place {
        case .directory(let directory):
            let path = Database.file(in: directory)
            do { connection = try SQLiteStore.reader(of: path) } catch {
                throw StorageFault.cannotOpen("there is no database at \(path)")
            }
        case .postgres(let address):
            connection = try PostgresReader(address, spanMax: nil)
        }
        try connection.beginSnapshot()
        heads = try connection.heads()
    }

    /// The rows of one book, at this moment.
    package func rows(of head: Head) -> Rows {
        Rows(connection, head: head)
    }

    /// The name by which PostgreSQL lends this moment to other connections, for as long as this value lives.
    package func postgresName() throws -> String {
        var name = ""
        try connection.query("SELECT pg_export_snapshot()", []) { name = $0.text() }
        return name
    }

    /// What the database finds wrong with its own files.
    package func damages() throws -> [String] {
        try connection.damages()
    }

    /// Books of which there are events and no head.
    package func booksWithoutHead() throws -> [BookID] {
        var books: [BookID] = []
        let text = "SELECT DISTINCT book FROM event WHERE book NOT IN (SELECT book FROM head) ORDER BY book"
        try connection.query(text, []) { books.append(BookID(rawValue: $0.integer())) }
        return books
    }
}
