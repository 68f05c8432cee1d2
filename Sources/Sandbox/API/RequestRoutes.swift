import Hummingbird

/// Requests that move money.
extension SandboxRoutes {
    func addRequests(to group: RouterGroup<Context>) {
        group.post("/authorizations", use: authorize)
        group.post("/authorizations/:id/captures") { try await operate(.capture, $0, $1) }
        group.post("/authorizations/:id/void") { try await operate(.void, $0, $1) }
        group.post("/authorizations/:id/refunds") { try await operate(.refund, $0, $1) }
        group.post("/authorizations/:id/action", use: completeAction)
    }

    @Sendable private func authorize(_ request: Request, _ context: Context) async throws -> Response {
        let key = try request.idempotencyKey()
        let asked = try MoneyRequest.authorize(request.uri.path, key: key, await request.bytes())
        return try await answer { try asked.run(in: $0) }
    }

    private func operate(_ kind: Operation.Kind, _ request: Request, _ context: Context) async throws -> Response {
        let key = try request.idempotencyKey()
        let authorization: String = try context.parameters.require("id")
        let asked = try MoneyRequest.operate(
            kind, on: authorization, request.uri.path, key: key, await request.bytes())
        return try await answer { try asked.run(in: $0) }
    }

    @Sendable private func completeAction(_ request: Request, _ context: Context) async throws -> Response {
        var body = try RequestBody(await request.bytes())
        guard let result: PayerResult = try body.optionalWord("result") else {
            throw SandboxProblem.invalidField("result", "result is missing")
        }
        try body.finish()
        let command = CompleteAction(
            authorization: try context.parameters.require("id"), isApproved: result == .approved)
        return try await answer { work in
            let (authorization, _) = try command.run(in: work)
            let operations = try OperationStore.all(authorization: authorization.id, in: work)
            return Answer(status: 200, body: authorization.json(operations), delivery: .atOnce)
        }
    }

    private enum PayerResult: String { case approved, declined }

    /// Carries a request out and sends its answer the way it is meant to go out.
    private func answer(_ body: @escaping @Sendable (SandboxWork) throws -> Answer) async throws -> Response {
        let answer: Answer
        do {
            answer = try await database.perform(body)
        } catch is LostRequest {
            return try await timeOut()
        }
        bells.ring()
        switch answer.delivery {
        case .atOnce: break
        case .heldBack: try await rules.clock.pause(rules.timings.heldAnswer)
        case .never: return try await timeOut()
        }
        return Response(answer)
    }

    private func timeOut() async throws -> Response {
        try await rules.clock.pause(rules.timings.hang)
        throw SandboxProblem.gatewayTimeout
    }
}
