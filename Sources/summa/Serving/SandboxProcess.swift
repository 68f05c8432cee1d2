import Foundation
import Payments
import Providers

/// The sandbox provider in a process of its own, beside a server.
///
/// It ends when this process does, however that ends: its standard input is a pipe from us, and the kernel closes it.
final class SandboxProcess: Sendable {
    let url: String
    private let process: Process
    private let lifeline: Pipe

    struct Settings: Sendable {
        let directory: String
        /// 0 takes a free port.
        let port: Int
        let credential: ProviderCredential
        /// `whsec_…`
        let callbackSecret: String
        let callbackURL: String
        var seed: UInt64 = 0

        func on(port: Int) -> Settings {
            Settings(
                directory: directory, port: port, credential: credential, callbackSecret: callbackSecret,
                callbackURL: callbackURL, seed: seed)
        }
    }

    /// Starts it and waits until it listens.
    /// - Throws: `CommandFailure` when it ends instead.
    init(_ settings: Settings) throws {
        process = Process()
        lifeline = Pipe()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [
            "sandbox", "--data", settings.directory, "--listen", "127.0.0.1:\(settings.port)", "--seed",
            "\(settings.seed)", "--until-input-ends",
        ]
        process.environment = ProcessInfo.processInfo.environment.merging(
            [
                "SANDBOX_API_KEY": settings.credential.text, "SANDBOX_CALLBACK_SECRET": settings.callbackSecret,
                "SANDBOX_CALLBACK_URL": settings.callbackURL,
            ]
        ) { $1 }
        process.standardInput = lifeline
        process.standardOutput = output
        try process.run()
        guard let line = Self.firstLine(of: output.fileHandleForReading),
            let address = line.split(separator: " ").last, address.hasPrefix("http://")
        else {
            process.terminate()
            throw CommandFailure("the sandbox provider did not start in \(settings.directory)")
        }
        url = String(address)
    }

    /// Whether it still runs.
    var isRunning: Bool { process.isRunning }

    /// Ends it gracefully, and waits.
    func stop() {
        try? lifeline.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    private static func firstLine(of handle: FileHandle) -> String? {
        var bytes: [UInt8] = []
        while let byte = try? handle.read(upToCount: 1), let first = byte.first {
            if first == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(first)
        }
        return nil
    }
}
