/// A SQLite database copied into one file, as it was at one moment.
package enum SQLiteCopy {
    /// Copies by reading alone, also beside the process that serves the database: a connection that may write is opened by nobody
    /// but that process. While it runs, the write-ahead log cannot be carried over past its moment, and grows.
    ///
    /// What was deleted is not in the copy, and side files are not: whoever opens it makes them anew.
    /// - Parameter target: A file that does not exist.
    /// - Throws: `StorageFault.cannotOpen` where there is no database of ours.
    package static func write(of directory: String, to target: String) throws(StorageFault) {
        let path = Database.file(in: directory)
        let connection: SQLiteConnection
        do throws(StorageFault) { connection = try SQLiteConnection(path: path, access: .readOnly) } catch {
            throw .cannotOpen("there is no database at \(path)")
        }
        let statement = try connection.statement("VACUUM INTO ?1")
        var parameters = statement.parameters
        parameters.text(target)
        try statement.run()
        try DurableCopy.secure(target)
    }

    /// Marks every log in a copy as put back. Nobody has opened the copy yet, and if the process dies in the midst of it, it is
    /// thrown away: no journal of the change is kept.
    package static func markRestored(_ file: String) throws(StorageFault) {
        do {
            let connection = try SQLiteConnection(path: file, access: .readWrite)
            try connection.execute("PRAGMA journal_mode = OFF")
            try connection.execute(RestoredMark.markAll)
        }
        try DurableCopy.secure(file)
    }

    /// The heads of a copy, which nobody writes to.
    package static func heads(of file: String) throws -> [Head] {
        try SQLiteConnection(path: file, access: .readOnly).heads()
    }
}
