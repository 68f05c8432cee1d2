import Hummingbird
import ServiceLifecycle

/// Runs an HTTP server until its task is cancelled, and then lets it go in order.
///
/// Cancelled outright, a server may drop a connection it has just accepted, which NIO takes for a bug and stops the process.
/// So cancelling closes the listener first; requests in hand have a second to end.
struct GracefulServer: Sendable {
    let group: ServiceGroup

    init(_ application: some ApplicationProtocol) {
        var configuration = ServiceGroupConfiguration(services: [application], logger: application.logger)
        configuration.maximumGracefulShutdownDuration = .seconds(1)
        group = ServiceGroup(configuration: configuration)
    }

    func run() async throws {
        let running = Task { try await group.run() }
        try await withTaskCancellationHandler {
            try await running.value
        } onCancel: {
            Task { await group.triggerGracefulShutdown() }
        }
    }
}
