import ArgumentParser
import Foundation
import Sandbox

/// The provider to try things with, in a process of its own.
struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Run the sandbox provider: authorizes, captures, calls back, writes its files. Moves no money.",
        discussion: """
            The bearer key is read from SANDBOX_API_KEY, the address of its callbacks from SANDBOX_CALLBACK_URL and their \
            secret from SANDBOX_CALLBACK_SECRET: what stands on a command line can be read by others.
            """)

    @Option(help: "Its directory: one SQLite file and the files of closed days.")
    var data: String

    @Option(help: "HOST:PORT to listen on; port 0 takes a free one.")
    var listen = ListenAddress(host: "127.0.0.1", port: 8_090)

    @Option(help: "Decides what goes wrong at random, where the account says that some does.")
    var seed: UInt64 = 0

    @Option(help: "Plant differences of every class into the files of each closed day.")
    var faults: UInt64?

    @Flag(help: "End when standard input does: for a sandbox that another process started.")
    var untilInputEnds = false

    func run() async throws {
        guard let key = ProcessInfo.processInfo.environment["SANDBOX_API_KEY"], !key.isEmpty else {
            throw CommandFailure("SANDBOX_API_KEY is not set: it is what callers show as bearer key")
        }
        try FileManager.default.createDirectory(atPath: data + "/files", withIntermediateDirectories: true)
        var configuration = SandboxConfiguration(databasePath: data + "/sandbox.sqlite", apiKey: SandboxSecret(key))
        configuration.host = listen.host
        configuration.port = listen.port
        configuration.callbackURL = ProcessInfo.processInfo.environment["SANDBOX_CALLBACK_URL"]
        configuration.callbackSecret = ProcessInfo.processInfo.environment["SANDBOX_CALLBACK_SECRET"].map {
            SandboxSecret($0)
        }
        configuration.seed = seed
        configuration.faultsSeed = faults
        configuration.filesDirectory = data + "/files"
        let server = SandboxServer(configuration, clock: .system)
        let host = listen.host
        let serve: @Sendable () async throws -> Void = { try await server.run { Self.tellAddress(host, $0) } }
        // Control-C in a terminal reaches the whole family; the child stays until its parent has let go of it.
        untilInputEnds ? try await StandardInput.run(serve) : try await StopSignals.run(serve)
    }

    /// One line that a parent process reads.
    static func tellAddress(_ host: String, _ port: Int) {
        print("sandbox listening on http://\(host):\(port)")
        fflush(nil)
    }
}
