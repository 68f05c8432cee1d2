import Foundation
import Glibc
import Storage

/// Where one load writes.
struct BenchPlace: Sendable {
    let directory: String
    /// A database server's address; nil for a SQLite file in the directory.
    let store: String?
    let seed: UInt64
    /// Whether everything that was written is checked at the end.
    let isVerified: Bool

    /// Opens empty books for the length of some work. Afterwards they have been verified and removed.
    /// - Throws: `CommandFailure` when what was written is not right.
    func withBooks<T>(
        _ configuration: Database.Configuration = Database.Configuration(),
        _ body: (Installation) async throws -> T
    ) async throws -> T {
        let result: T
        do { result = try await open(configuration, body) } catch {
            remove()
            throw error
        }
        try verifyAndRemove()
        return result
    }

    /// Opens the books as they are: for a load that ends and begins again in the middle.
    func open<T>(
        _ configuration: Database.Configuration = Database.Configuration(), _ body: (Installation) async throws -> T
    ) async throws -> T {
        try makeDatabase()
        return try await Installation.with(place, configuration: configuration) { books in
            let result = try await body(books)
            try sign(books)
            return result
        }
    }

    /// A checkpoint of every book, so that there is something to verify it against: on PostgreSQL only who is in charge of a
    /// book signs it unasked, and a bench is in charge of none.
    private func sign(_ books: Installation) throws {
        for head in try books.database.heads() {
            _ = try books.checkpointer.current(of: head.book, books.clock.now)
        }
    }

    /// The books: in the directory, or in a database of the server's made for this load.
    private var place: InstallationPlace {
        postgres.map { InstallationPlace(directory, postgres: $0) } ?? InstallationPlace(directory)
    }

    /// The database of the server's for this load; nil where it writes to a file.
    private var postgres: PostgresAddress? { server?.address(of: databaseName) }

    /// Of the directory, which no two loads share.
    var databaseName: String {
        let name = directory.split(separator: "/").suffix(2).joined(separator: "_")
        return "bench_" + String(name.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
    }

    private func makeDatabase() throws {
        guard let address = try makeEmptyDatabase() else { return }
        try PostgresStore.migrate(address, to: Schema.migrations)
    }

    /// Makes the server's database for this load, without any table; nil where it writes to a file.
    func makeEmptyDatabase() throws -> PostgresAddress? {
        try server?.make(databaseName)
        return postgres
    }

    private var server: PostgresServer? { store.map { PostgresServer($0) } }

    /// - Throws: `CommandFailure` when what was written is not right; it is removed all the same.
    func verifyAndRemove() throws {
        defer { remove() }
        guard isVerified else { return }
        let report = try Verification(of: place).run { Progress.show("verify: replayed \($0) events") }
        guard report.isRight else { throw CommandFailure("what was written is not right:\n\(report.text)") }
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: directory)
        try? server?.drop(databaseName)
    }

    /// A place of its own for other books of the same load.
    func beside(_ name: String) -> BenchPlace {
        BenchPlace(directory: "\(directory)-\(name)", store: store, seed: seed, isVerified: isVerified)
    }

    /// What the books take on the disk, all included.
    var bytesOnDisk: Int64 {
        if let server { return (try? server.bytes(of: databaseName)) ?? 0 }
        let files = FileManager.default.enumerator(atPath: directory)?.compactMap { $0 as? String } ?? []
        return files.reduce(0) { sum, file in
            var status = Glibc.stat()
            return lstat("\(directory)/\(file)", &status) == 0 ? sum + Int64(status.st_blocks) * 512 : sum
        }
    }
}
