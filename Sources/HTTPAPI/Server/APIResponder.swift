import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Payments
import Storage

/// One request from its head to its answer: route, key, permission, body, answer. Every way out is a response, and every refusal a
/// problem of the one table.
struct APIResponder: HTTPResponder {
    typealias Context = ConnectionContext

    let routes: RouteTable
    let services: Services
    let logger: Logger

    /// What a request's connection is known for.
    struct ConnectionContext: InitializableFromSource {
        let remoteAddress: SocketAddress?

        init(source: ApplicationRequestContextSource) {
            remoteAddress = source.channel.remoteAddress
        }
    }

    func respond(to request: Request, context: ConnectionContext) async throws -> Response {
        let began = services.uptime.now
        let id = RequestID(random: services.random)
        let outcome = await outcome(of: request, id, context)
        services.measures.record(
            method: request.method, route: outcome.route, status: outcome.answer.status.code,
            microseconds: services.uptime.now.since(began).microseconds)
        return response(outcome.answer, id, isHead: request.method == .head)
    }

    private func outcome(
        of request: Request, _ id: RequestID, _ context: ConnectionContext
    ) async -> (route: RoutePattern?, answer: Answer) {
        let target = request.head.path ?? "/"
        let path = target.prefix { $0 != "?" }
        let network = ClientNetwork.text(of: context.remoteAddress)
        var found: Route?
        do {
            let (route, parameters) = try routes.find(request.method, path)
            found = route
            let answer = try await answer(
                request, route,
                { body in
                    Call(
                        id: id, route: route.pattern, head: request.head, path: path,
                        query: target.dropFirst(path.count).dropFirst(), parameters: parameters, body: body,
                        network: network)
                })
            return (route.pattern, answer)
        } catch {
            return (found?.pattern, refusal(error, id, found))
        }
    }

    private func answer(
        _ request: Request, _ route: Route, _ call: ([UInt8]) -> Call
    ) async throws -> Answer {
        switch route.handler {
        case .open(let handle):
            let call = try checked(call(try await BodyReader.read(request, by: route.body)))
            return try await route.run({ try await handle(call) }, on: services.database)
        case .permitted(let permission, let handle):
            // Before the body: a stranger's sixteen megabytes are not read.
            let principal = try authenticate(call([]))
            guard principal.role.allows(permission) else {
                throw Problem(.permissionDenied, "the role \(principal.role.rawValue) may not \(permission.sentence)")
            }
            let call = try checked(call(try await BodyReader.read(request, by: route.body)))
            if !route.readsQuery { try call.queryFields().finish() }
            let answer = try await route.run({ try await handle(call, principal) }, on: services.database)
            return services.database.preferredURL(of: principal.book).map { answer.with(.preferredProcess, $0) }
                ?? answer
        }
    }

    private func authenticate(_ call: Call) throws -> Principal {
        do {
            return try services.authenticator.principal(for: call.bearerToken())
        } catch let rejection as AuthenticationRejection {
            services.failedAuthentications.note(source: call.network, at: services.clock.now)
            throw rejection
        }
    }

    /// A path segment is stored and logged by nobody, yet a caller may take it for the place of a card number.
    private func checked(_ call: Call) throws -> Call {
        for (name, value) in call.parameters.all { try CardNumberRefusal.check(value, param: name) }
        return call
    }
}

extension Route {
    /// Runs its handler where it belongs: what is not quick must not keep the connections waiting. Where reading waits for a
    /// server, all of them are on threads of their own already.
    fileprivate func run(_ handle: () async throws -> Answer, on database: Database) async throws -> Answer {
        isQuick || database.taskExecutor != nil
            ? try await handle() : try await withTaskExecutorPreference(globalConcurrentExecutor) { try await handle() }
    }
}

extension APIResponder {
    /// The answer to an error. Causes of our own are logged with the request's id; bodies, keys and paths never are.
    private func refusal(_ error: any Error, _ id: RequestID, _ route: Route?) -> Answer {
        let problem = Problem(error)
        if problem.isFault {
            logger.error(
                "a request failed",
                metadata: [
                    "request": "\(id)", "route": "\(route?.description ?? "none")", "code": "\(problem.code.rawValue)",
                    "cause": "\(CardNumberScreen.masked("\(error)").text)",
                ])
        }
        return .problem(problem, request: id)
    }

    private func response(_ answer: Answer, _ id: RequestID, isHead: Bool) -> Response {
        var headers = answer.headers
        headers[.requestID] = id.description
        headers[.cacheControl] = "no-store"
        let response = Response(
            status: answer.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
        return isHead ? response.createHeadResponse() : response
    }
}
