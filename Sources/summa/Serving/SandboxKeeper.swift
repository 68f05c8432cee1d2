import Logging
import Synchronization

/// Keeps a sandbox running beside a server: one that was killed is started again on the same port, where providers' workers
/// look for it.
final class SandboxKeeper: Sendable {
    private let running: Mutex<SandboxProcess>
    private let settings: SandboxProcess.Settings
    private let logger: Logger

    /// Starts it on the port the settings name; where somebody else has taken that, on a free one.
    init(_ settings: SandboxProcess.Settings, logger: Logger) throws {
        let first: SandboxProcess
        do { first = try SandboxProcess(settings) } catch { first = try SandboxProcess(settings.on(port: 0)) }
        running = Mutex(first)
        self.settings = settings.on(port: first.url.split(separator: ":").last.flatMap { Int($0) } ?? 0)
        self.logger = logger
    }

    var url: String { running.withLock(\.url) }

    /// Looks after it until the task is cancelled.
    func watch() async {
        while (try? await TaskSleeper().sleep(for: .seconds(1))) != nil {
            guard !running.withLock(\.isRunning) else { continue }
            logger.warning("the sandbox provider ended; it is started again")
            do {
                let next = try SandboxProcess(settings)
                running.withLock { $0 = next }
            } catch {
                logger.error("the sandbox provider does not start", metadata: ["cause": "\(error)"])
            }
        }
    }

    func stop() { running.withLock { $0.stop() } }
}
