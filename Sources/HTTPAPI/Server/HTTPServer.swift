import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The server: the routes on a port, until the task that runs it is cancelled.
package struct HTTPServer: Sendable {
    package struct Configuration: Sendable {
        /// Loopback unless told otherwise: there is no TLS in the process.
        package var host = "127.0.0.1"
        /// 0 for any free one.
        package var port = 8080
        /// One is as fast as two on two cores and leaves the other to the writer's thread.
        package var eventLoopCount = 1
        /// A connection on which nothing happens for so long is closed.
        package var idleTimeoutSeconds: Int64 = 75

        package init() {}
    }

    private let configuration: Configuration
    private let responder: APIResponder
    private let logger: Logger

    package init(configuration: Configuration, services: Services, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        responder = APIResponder(routes: RouteTable.all(services), services: services, logger: logger)
    }

    /// Serves. When its task is cancelled it takes no new connections, finishes the requests it has, and returns.
    /// - Parameter onListening: Called once with the port.
    /// - Throws: When the port cannot be had.
    package func run(onListening: @escaping @Sendable (Int) -> Void) async throws {
        let loops = MultiThreadedEventLoopGroup(numberOfThreads: configuration.eventLoopCount)
        let application = Application(
            responder: responder, server: .http1(configuration: channel),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { onListening($0.localAddress?.port ?? 0) },
            eventLoopGroupProvider: .shared(loops), logger: logger)
        let group = ServiceGroup(configuration: .init(services: [application], logger: logger))
        // A task of its own: cancelling the caller's must not cut off the requests in hand.
        let serving = Task(executorPreference: executor(of: loops)) { try await group.run() }
        let result = await withTaskCancellationHandler {
            await serving.result
        } onCancel: {
            responder.services.stop.raise()
            Task { await group.triggerGracefulShutdown() }
        }
        try await loops.shutdownGracefully()
        try result.get()
    }

    /// Connections are served on the loop's own thread where there is one loop: passing each request on to another thread and
    /// back cost more than most requests do. What takes long goes to other threads by its route's word.
    private func executor(of loops: MultiThreadedEventLoopGroup) -> (any TaskExecutor)? {
        if let executor = responder.services.database.taskExecutor { return executor }
        return configuration.eventLoopCount == 1 ? LoopExecutor(loops.any()) : nil
    }

    private var channel: HTTP1Channel.Configuration {
        let random = responder.services.random
        return HTTP1Channel.Configuration(
            additionalChannelHandlers: [BodyCutOff(), ParserRefusal { RequestID(random: random) }],
            idleTimeout: .seconds(configuration.idleTimeoutSeconds))
    }
}
