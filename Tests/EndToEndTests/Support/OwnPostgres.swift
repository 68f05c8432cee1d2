import Foundation
import Storage

/// A PostgreSQL server that one test has to itself, and that is gone after it.
final class OwnPostgres {
    /// What `--store` is told.
    let url: String
    private let directory: String

    private struct Failure: Error {}

    init() throws {
        // In memory where there is room for that, and under a short name: a socket's path has at most 107 bytes.
        let parent = FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : "/tmp"
        directory = "\(parent)/summa-\(UUID().uuidString.prefix(8))"
        url = try Self.script("start", directory)
    }

    deinit { _ = try? Self.script("stop", directory) }

    /// The names of the databases it has, but for those it came with.
    func databases() throws -> [String] {
        var names: [String] = []
        try PostgresConnection(PostgresAddress(url)).query(
            "SELECT datname::text FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres'"
        ) { names.append($0.text()) }
        return names
    }

    private static func script(_ verb: String, _ directory: String) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("scripts/postgres")
        process.arguments = [verb, directory]
        process.standardOutput = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure() }
        return String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
