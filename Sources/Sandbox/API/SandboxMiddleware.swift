import Hummingbird

/// Turns whatever a route throws into an answer: the sandbox's own problems as they are, the rest by their kind.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ input: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(input, context)
        } catch {
            return Response(problem(error))
        }
    }

    private func problem(_ error: any Error) -> SandboxProblem {
        switch error {
        case let problem as SandboxProblem: problem
        case let error as any HTTPResponseError where error.status == .notFound: .notFound
        case let error as any HTTPResponseError where error.status == .contentTooLarge: .bodyTooLarge
        case is any HTTPResponseError: .malformedJSON("the request could not be read")
        default: .storageUnavailable
        }
    }
}

/// Lets nobody in without the account's key.
struct BearerMiddleware<Context: RequestContext>: RouterMiddleware {
    let key: SandboxSecret

    func handle(
        _ input: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let scheme = "Bearer "
        guard let header = input.headers[.authorization], header.hasPrefix(scheme),
            key.matches(String(header.dropFirst(scheme.count)))
        else { throw SandboxProblem.unauthorized }
        return try await next(input, context)
    }
}
