import Foundation
import Storage

/// Where a test keeps books that are lost: in a file of a data directory, or in a database of a PostgreSQL server of its own.
struct BooksPlace {
    private(set) var data: String
    /// What `--store` is told; nil for a file.
    let store: String?
    private let server: OwnPostgres?
    private static let database = "books"

    init(data: String, server: OwnPostgres? = nil) throws {
        self.data = data
        self.server = server
        store = try server?.emptied(Self.database)
    }

    /// What every command is told of it.
    var arguments: [String] { ["--data", data] + storeArguments }
    var storeArguments: [String] { store.map { ["--store", $0] } ?? [] }

    var database: DatabasePlace { store.map { .postgres(PostgresAddress($0)) } ?? .directory(data) }

    /// The same books with another data directory; of a file, those that were carried there.
    func opened(from data: String) -> BooksPlace {
        var other = self
        other.data = data
        return other
    }

    /// The disk breaks: keys and checkpoints, which are kept elsewhere, are left.
    func loseDatabase() throws {
        _ = try server?.emptied(Self.database)
        for name in ["summa.sqlite", "summa.sqlite-wal", "summa.sqlite-shm", "runs"] {
            try? FileManager.default.removeItem(atPath: "\(data)/\(name)")
        }
    }
}
