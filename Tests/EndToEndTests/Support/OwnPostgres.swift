import Foundation
import Storage

/// A PostgreSQL server that one test has to itself, and that is gone after it.
final class OwnPostgres {
    /// What `--store` is told, for the database it came with.
    let url: String
    private let directory: String

    private struct Failure: Error {}

    /// - Parameter settings: `name=value`, in place of what the server would be set to.
    init(_ settings: [String] = []) throws {
        // In memory where there is room for that, and under a short name: a socket's path has at most 107 bytes.
        let parent = FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : "/tmp"
        directory = "\(parent)/summa-\(UUID().uuidString.prefix(8))"
        url = try Self.run(Self.script, ["start", directory] + settings)
    }

    deinit { _ = try? Self.run(Self.script, ["stop", directory]) }

    /// Makes an empty database, in place of the one of that name, whoever uses it. Answers what `--store` is told.
    func emptied(_ name: String) throws -> String {
        let databases = PostgresServer(url)
        try databases.drop(name)
        try databases.make(name)
        return "postgres://postgres@/\(name)?host=\(directory)"
    }

    /// The one value a query answers, asked by PostgreSQL's own client, which takes the server as it is set.
    func ask(_ query: String) throws -> String {
        try Self.run(URL(fileURLWithPath: "/usr/bin/env"), ["psql", "-X", "-q", "-A", "-t", "-d", url, "-c", query])
    }

    /// Whether servers can be made here.
    static var isPossible: Bool { FileManager.default.fileExists(atPath: "/usr/lib/postgresql") }

    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("scripts/postgres")

    /// The names of the databases it has, but for those it came with.
    func databases() throws -> [String] {
        var names: [String] = []
        try PostgresConnection(PostgresAddress(url)).query(
            "SELECT datname::text FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres'"
        ) { names.append($0.text()) }
        return names
    }

    private static func run(_ program: URL, _ arguments: [String]) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = program
        process.arguments = arguments
        process.standardOutput = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure() }
        return String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
