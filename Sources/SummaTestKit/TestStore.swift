import Foundation
import Storage
import Synchronization

/// Where tests keep their databases: SQLite files in temporary directories, or, where the environment names a server, databases
/// of their own in PostgreSQL. The same tests run on both.
package enum TestStore {
    /// The address of a PostgreSQL server that tests may make databases in; nil for SQLite.
    package static let server = ProcessInfo.processInfo.environment["SUMMA_TEST_POSTGRES"]
    package static var isPostgres: Bool { server != nil }
    package static var isSQLite: Bool { server == nil }

    /// Makes an empty place for a database with a schema, and answers how to take it away again.
    static func make(_ migrations: [Migration], in directory: TemporaryDirectory) throws -> (
        place: DatabasePlace, remove: @Sendable () -> Void
    ) {
        guard let server else { return (.directory(directory.path), {}) }
        let databases = PostgresServer(server)
        let template = try templates.withLock { try $0.template(for: migrations, on: databases) }
        let name = "t_\(name())"
        try databases.make(name, from: template)
        return (.postgres(databases.address(of: name)), { try? databases.drop(name) })
    }

    /// A schema is made once in a process and copied for each test.
    private struct Templates {
        private var names: [[Int64]: String] = [:]

        mutating func template(for migrations: [Migration], on server: PostgresServer) throws -> String {
            let key = migrations.map { $0.fingerprint(for: .postgres) }
            if let name = names[key] { return name }
            let name = "template_\(TestStore.name())"
            try server.make(name)
            try PostgresStore.migrate(server.address(of: name), to: migrations)
            names[key] = name
            return name
        }
    }

    private static let templates = Mutex(Templates())

    private static let nameCount = Atomic<Int>(0)

    private static func name() -> String {
        "\(getpid())_\(nameCount.add(1, ordering: .relaxed).newValue)"
    }
}
