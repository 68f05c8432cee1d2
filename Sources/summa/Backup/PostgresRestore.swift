import Foundation
import Storage

/// Puts a dump back into an empty PostgreSQL database, with the mark that it was restored, in one transaction.
///
/// `pg_restore` by itself would commit books that nothing tells to have been put back. So it only writes out its statements,
/// `psql` runs them, and what stands before and after them comes from here. If any of the three processes dies, nobody says
/// COMMIT, and there is still no table.
struct PostgresRestore {
    let dump: String
    let address: PostgresAddress

    /// - Throws: `CommandFailure`; the database is as it was.
    func run() throws {
        // A program that has died is told by its exit, not by the signal that a pipe without a reader raises.
        signal(SIGPIPE, SIG_IGN)
        let pipe = Pipe()
        let (reading, writing) = (pipe.fileHandleForReading, pipe.fileHandleForWriting)
        // Each program has the one end it is given and no other: a pipe ends when all who could write to it have let go.
        for end in [reading, writing] { _ = fcntl(end.fileDescriptor, F_SETFD, FD_CLOEXEC) }
        let psql = try PostgresTool("psql", on: address, ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"])
        try psql.start(input: reading, output: .nullDevice)
        try reading.close()
        let written = Result { try write(to: writing) }
        try writing.close()
        // What failed first is said last.
        try psql.finish()
        try written.get()
    }

    private func write(to statements: FileHandle) throws {
        try statements.write(contentsOf: Data("BEGIN;\n".utf8))
        let dumped = try PostgresTool(
            "pg_restore", ["--exit-on-error", "--no-owner", "--no-privileges", "--file=-", dump])
        try dumped.start(output: statements)
        try dumped.finish()
        // The dump's statements name every schema and leave none to be found by itself.
        let rest = "RESET search_path; \(RestoredMark.markAll); ANALYZE; COMMIT;\n"
        try statements.write(contentsOf: Data(rest.utf8))
    }
}
