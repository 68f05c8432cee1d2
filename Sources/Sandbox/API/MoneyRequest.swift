/// A request that moves money, read from the wire and understood: what remains is to carry it out, once for its key.
struct MoneyRequest: Sendable {
    private let keyed: IdempotentRequest
    private let carryOut: @Sendable (SandboxWork) throws -> Answer

    /// - Parameter path: As it was asked for: the same key on another path is another request.
    static func authorize(_ path: String, key: String, _ bytes: [UInt8]) throws(SandboxProblem) -> MoneyRequest {
        var body = try RequestBody(bytes)
        let command = RequestAuthorization(
            amount: try body.amount(), currency: try body.text("currency"),
            paymentMethod: try body.text("payment_method"), reference: try body.reference(),
            captureMode: try body.optionalWord("capture") ?? .manual)
        try body.finish()
        return MoneyRequest(keyed: IdempotentRequest(key: key, request: path + " " + body.canonicalText)) { work in
            let (authorization, delivery) = try command.run(key: key, in: work)
            let operations = try OperationStore.all(authorization: authorization.id, in: work)
            return Answer(authorization, operations, delivery)
        }
    }

    static func operate(
        _ kind: Operation.Kind, on authorization: String, _ path: String, key: String, _ bytes: [UInt8]
    ) throws(SandboxProblem) -> MoneyRequest {
        var body = try RequestBody(bytes)
        let command = RequestOperation(
            kind: kind, authorization: authorization, amount: kind == .void ? nil : try body.optionalAmount(),
            isFinal: kind == .capture ? try body.optionalFlag("final") ?? false : false,
            reference: try body.optionalReference())
        try body.finish()
        return MoneyRequest(keyed: IdempotentRequest(key: key, request: path + " " + body.canonicalText)) { work in
            let (operation, delivery) = try command.run(key: key, in: work)
            return Answer(operation, delivery)
        }
    }

    func run(in work: SandboxWork) throws -> Answer {
        try keyed.answer(in: work, carryOut)
    }
}
