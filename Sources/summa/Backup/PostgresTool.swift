import Foundation
import Storage

/// One of PostgreSQL's own programs, which come with its client. It says on standard error what goes wrong.
struct PostgresTool {
    private let name: String
    private let process = Process()

    /// - Parameter address: The database it works on; nil for one that works on files alone.
    init(_ name: String, on address: PostgresAddress? = nil, _ arguments: [String]) throws {
        self.name = name
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [name] + arguments
        guard let address else { return }
        let (connection, password) = try address.forTools()
        process.arguments = [name, "--dbname=\(connection)", "--no-password"] + arguments
        // Arguments are seen by everybody on the machine.
        var environment = ProcessInfo.processInfo.environment
        if let password { environment["PGPASSWORD"] = password }
        process.environment = environment
    }

    /// Starts it.
    func start(input: FileHandle = .nullDevice, output: FileHandle? = nil) throws {
        process.standardInput = input
        if let output { process.standardOutput = output }
        try process.run()
    }

    /// Waits until it ends.
    /// - Throws: `CommandFailure` when it failed, or is not there.
    func finish() throws {
        process.waitUntilExit()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw CommandFailure("\(name) failed; it comes with PostgreSQL's client, at least as late as the server")
        }
    }

    func run() throws {
        try start()
        try finish()
    }
}
