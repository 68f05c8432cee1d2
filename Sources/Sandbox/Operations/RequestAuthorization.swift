import Storage

/// Asks for an authorization, with its capture where the caller wants both at once.
struct RequestAuthorization {
    let amount: Int64
    let currency: String
    let paymentMethod: String
    let reference: String
    let captureMode: Authorization.CaptureMode

    /// - Throws: `SandboxProblem`, before anything is written.
    func run(key: String, in work: SandboxWork) throws -> (authorization: Authorization, delivery: Delivery) {
        guard let token = PaymentToken(rawValue: paymentMethod) else { throw SandboxProblem.unknownPaymentMethod }
        guard let currency = SandboxCurrency(code: currency) else { throw SandboxProblem.unsupportedCurrency }
        let authorization = try newAuthorization(token, currency, in: work)
        try AuthorizationStore.insert(authorization, in: work)
        let operation = Operation(
            id: authorization.id, kind: .authorization, authorization: authorization.id,
            authorizationReference: reference, reference: reference, amount: amount, currency: currency, isFinal: false,
            createdAt: work.now)
        let course = try work.course(of: .authorization, with: token, key: key)
        let delivery = try BeginOperation(work: work).run(operation, of: token, on: course, telling: .answer)
        return (try work.authorization(authorization.id), delivery)
    }

    private func newAuthorization(
        _ token: PaymentToken, _ currency: SandboxCurrency, in work: SandboxWork
    ) throws -> Authorization {
        let timings = work.rules.timings
        let life = token == .expires ? timings.shortAuthorizationLife : timings.authorizationLife
        return Authorization(
            id: try work.newIdentifier(Operation.Kind.authorization.identifierPrefix), reference: reference,
            token: token, amount: amount, currency: currency, captureMode: captureMode, createdAt: work.now,
            expiresAt: work.now.advanced(by: life))
    }
}
