import Storage

/// The one door through which an operation gets its outcome. The status, the effect, the callback and what follows are one
/// commit: if the process stops before it, nothing has happened.
struct ConcludeOperation {
    let work: SandboxWork

    /// Ends an open operation.
    /// - Returns: How the caller gets their answer, where this happens inside a request.
    func run(
        _ operation: Operation, _ decision: Decision, of token: PaymentToken, telling: Telling
    ) throws -> Delivery {
        precondition(operation.isOpen, "an operation ends once")
        var ended = operation
        ended.status = decision.status
        ended.decline = decision.code
        ended.finishedAt = work.now
        try OperationStore.save(ended, in: work)
        if decision == .succeeds { try recordEffect(of: ended) }
        let delivery = try AnnounceFact(work: work).run(.operation(ended), of: token, telling: telling)
        guard decision == .succeeds else { return delivery }
        return try follow(ended, of: token, telling: telling) ?? delivery
    }

    /// Takes back a refund that had succeeded.
    func returnRefund(_ refund: Operation, _ code: DeclineCode, of token: PaymentToken) throws {
        var failed = refund
        failed.status = .failed
        failed.decline = code
        failed.finishedAt = work.now
        try OperationStore.save(failed, in: work)
        try EffectStore.insert(effect(.refundReturned, of: failed), in: work)
        _ = try AnnounceFact(work: work).run(.operation(failed), of: token, telling: .callback)
    }

    /// Ends the promise of an authorization that was not captured in full.
    func expire(_ operation: Operation, of token: PaymentToken) throws {
        var expired = operation
        expired.status = .expired
        expired.finishedAt = work.now
        try OperationStore.save(expired, in: work)
        try EffectStore.insert(effect(.expired, of: expired), in: work)
        _ = try AnnounceFact(work: work).run(.operation(expired), of: token, telling: .callback)
    }

    private func recordEffect(of operation: Operation) throws {
        let kind: Effect.Kind =
            switch operation.kind {
            case .authorization: .authorized
            case .capture: .captured
            case .void: .voided
            case .refund: .refunded
            }
        try EffectStore.insert(effect(kind, of: operation), in: work)
    }

    private func effect(_ kind: Effect.Kind, of operation: Operation) throws -> Effect {
        Effect(
            kind: kind, authorization: operation.authorization, subject: operation.id, reference: operation.reference,
            amount: operation.amount, fee: operation.fee ?? 0, currency: operation.currency, occurredAt: work.now,
            day: try work.businessDay())
    }

    // MARK: What follows a success

    /// - Returns: The delivery of the capture that came with the request, if one did.
    private func follow(_ operation: Operation, of token: PaymentToken, telling: Telling) throws -> Delivery? {
        guard let authorization = try AuthorizationStore.find(operation.authorization, in: work) else {
            throw SandboxFault.unreadableRow(table: "authorization")
        }
        switch operation.kind {
        case .authorization:
            let life = authorization.expiresAt.since(work.now)
            try JobStore.insert(.expire, of: authorization.id, after: life, in: work)
            guard authorization.captureMode == .automatic else { return nil }
            return try captureAll(of: authorization, telling: telling)
        case .capture:
            if operation.isFinal, authorization.capturable > 0 {
                try AuthorizationStore.end(authorization.id, as: .final, in: work)
            }
            if token.dispute != nil {
                try JobStore.insert(.openDispute, of: authorization.id, after: work.rules.timings.dispute, in: work)
            }
        case .void:
            try AuthorizationStore.end(authorization.id, as: .voided, in: work)
        case .refund: break
        }
        return nil
    }

    private func captureAll(of authorization: Authorization, telling: Telling) throws -> Delivery {
        let capture = Operation(
            id: try work.newIdentifier(Operation.Kind.capture.identifierPrefix), kind: .capture,
            authorization: authorization.id, authorizationReference: authorization.reference,
            reference: authorization.reference, amount: authorization.amount, currency: authorization.currency,
            isFinal: true, createdAt: work.now)
        let course = authorization.token.course(of: .capture)
        return try BeginOperation(work: work).run(capture, of: authorization.token, on: course, telling: telling)
    }
}
