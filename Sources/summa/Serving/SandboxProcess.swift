import Payments
import Providers

/// The sandbox provider in a process of its own, beside a server. It ends when this process does, however that ends.
final class SandboxProcess: Sendable {
    let url: String
    private let copy: ProgramCopy

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
        copy = try ProgramCopy(
            [
                "sandbox", "--data", settings.directory, "--listen", "127.0.0.1:\(settings.port)", "--seed",
                "\(settings.seed)", "--until-input-ends",
            ],
            environment: [
                "SANDBOX_API_KEY": settings.credential.text, "SANDBOX_CALLBACK_SECRET": settings.callbackSecret,
                "SANDBOX_CALLBACK_URL": settings.callbackURL,
            ])
        guard let line = copy.nextLine(), let address = line.split(separator: " ").last,
            address.hasPrefix("http://")
        else {
            copy.terminate()
            throw CommandFailure("the sandbox provider did not start in \(settings.directory)")
        }
        url = String(address)
    }

    /// Whether it still runs.
    var isRunning: Bool { copy.isRunning }

    /// Ends it gracefully, and waits.
    func stop() { copy.stop() }
}
