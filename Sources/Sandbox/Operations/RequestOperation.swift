import Storage

/// Asks for a capture, void or refund of an authorization. Checks first, in the order of `docs/sandbox.md`; then it begins.
struct RequestOperation {
    let kind: Operation.Kind
    let authorization: String
    /// Nil takes all that remains.
    let amount: Int64?
    let isFinal: Bool
    /// Nil for one made in the provider's own dashboard.
    let reference: String?

    /// - Throws: `SandboxProblem`, before anything is written.
    func run(key: String, in work: SandboxWork) throws -> (operation: Operation, delivery: Delivery) {
        let authorization = try work.authorization(authorization)
        let operation = Operation(
            id: try work.newIdentifier(kind.identifierPrefix), kind: kind, authorization: authorization.id,
            authorizationReference: authorization.reference, reference: reference,
            amount: try admittedAmount(of: authorization), currency: authorization.currency, isFinal: isFinal,
            createdAt: work.now)
        let token = authorization.token
        let course = try work.course(of: kind, with: token, key: key)
        let delivery = try BeginOperation(work: work).run(operation, of: token, on: course, telling: .answer)
        guard let begun = try OperationStore.find(operation.id, in: work) else {
            throw SandboxFault.unreadableRow(table: "operation")
        }
        return (begun, delivery)
    }

    private func admittedAmount(of authorization: Authorization) throws(SandboxProblem) -> Int64 {
        switch kind {
        case .authorization: preconditionFailure("an authorization is asked for by RequestAuthorization")
        case .capture: try capturableAmount(of: authorization)
        case .void: try voidableAmount(of: authorization)
        case .refund: try refundableAmount(of: authorization)
        }
    }

    private func capturableAmount(of authorization: Authorization) throws(SandboxProblem) -> Int64 {
        guard authorization.capturable > 0 else { throw .notCapturable(authorization.status) }
        let wanted = amount ?? authorization.capturable
        guard wanted <= authorization.capturable else { throw .exceedsCapturable(authorization.capturable) }
        return wanted
    }

    private func voidableAmount(of authorization: Authorization) throws(SandboxProblem) -> Int64 {
        guard authorization.sums.captured + authorization.sums.capturing == 0 else { throw .alreadyCaptured }
        guard authorization.capturable > 0 else { throw .notVoidable(authorization.status) }
        return authorization.capturable
    }

    private func refundableAmount(of authorization: Authorization) throws(SandboxProblem) -> Int64 {
        guard authorization.refundable > 0 else { throw .notRefundable(authorization.status) }
        let wanted = amount ?? authorization.refundable
        guard wanted <= authorization.refundable else { throw .exceedsRefundable(authorization.refundable) }
        return wanted
    }
}
