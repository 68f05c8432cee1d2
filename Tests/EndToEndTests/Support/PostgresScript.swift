import Foundation

/// A PostgreSQL server of a test's own, made by `scripts/postgres` in a directory of its own and removed with it.
final class PostgresScript {
    /// Where its first database is.
    let address: String
    private let scratch: Scratch
    private var directory: String { scratch.file("server") }

    /// - Parameter settings: `name=value`, in place of what the server would be set to.
    init(_ settings: [String] = []) throws {
        scratch = try Scratch()
        // The server's user has to get there.
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scratch.path)
        address = try Self.run(Self.script, ["start", scratch.file("server")] + settings)
    }

    deinit { _ = try? Self.run(Self.script, ["stop", directory]) }

    /// The one value a query answers, asked by PostgreSQL's own client.
    func ask(_ query: String) throws -> String {
        try Self.run(
            URL(fileURLWithPath: "/usr/bin/env"), ["psql", "-X", "-q", "-A", "-t", "-d", address, "-c", query])
    }

    /// Nil when servers can be made here; otherwise why not.
    static var obstacle: String? {
        let place = "/usr/lib/postgresql"
        return FileManager.default.fileExists(atPath: place) ? nil : "no PostgreSQL server is installed in \(place)"
    }

    /// What it prints goes to a file: a pipe would stay open as long as the server lives.
    private static func run(_ program: URL, _ arguments: [String]) throws -> String {
        let scratch = try Scratch()
        let output = URL(fileURLWithPath: scratch.file("output"))
        _ = FileManager.default.createFile(atPath: output.path, contents: nil)
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw NoServer(status: process.terminationStatus) }
        let text = try String(contentsOf: output, encoding: .utf8)
        return text.split(separator: "\n").last.map(String.init) ?? ""
    }

    private struct NoServer: Error { let status: Int32 }

    private static var script: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("scripts/postgres")
    }
}
