import Foundation
import Storage

/// Where a test keeps books that are lost: in a file of a data directory, or in a PostgreSQL database of the test's own.
struct BooksPlace {
    let data: String
    /// The PostgreSQL database; nil for a file.
    let server: LocalPostgres?

    /// What every command is told of it.
    var arguments: [String] { ["--data", data] + (server.map { ["--store", $0.address] } ?? []) }

    var database: DatabasePlace {
        server.map { .postgres(PostgresAddress($0.address)) } ?? .directory(data)
    }

    /// The disk breaks: keys and checkpoints, which are kept elsewhere, are left.
    func loseDatabase() throws {
        if let server { return try server.recreate() }
        for name in ["summa.sqlite", "summa.sqlite-wal", "summa.sqlite-shm", "runs"] {
            try? FileManager.default.removeItem(atPath: "\(data)/\(name)")
        }
    }
}

/// A PostgreSQL server for one test, in a directory of its own, with one database. Ended when the value goes.
final class LocalPostgres {
    private let directory: String
    private static let name = "books"

    /// Whether its programs are on this machine.
    static var isInstalled: Bool {
        !((try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []).isEmpty
    }

    init() throws {
        directory = "/dev/shm/summa-drill-\(UUID().uuidString.prefix(8))"
        try Self.run([Self.script, "start", directory])
        try databases.make(Self.name)
    }

    deinit { try? Self.run([Self.script, "stop", directory]) }

    var address: String { "postgres://postgres@/\(Self.name)?host=\(directory)" }
    private var databases: PostgresServer { PostgresServer("postgres://postgres@/postgres?host=\(directory)") }

    /// Takes the database away, whoever uses it, and makes an empty one.
    func recreate() throws {
        try databases.drop(Self.name)
        try databases.make(Self.name)
    }

    private static var script: String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("scripts/postgres").path
    }

    private static func run(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed(arguments: arguments) }
    }

    struct Failed: Error { let arguments: [String] }
}
