import Storage

/// Opens and closes the payer's claim on a captured payment.
struct ContestCapture {
    let work: SandboxWork

    /// Takes back all that is captured and on no other way to the payer. Nothing to take, or a dispute already: nothing is done.
    func open(_ authorization: Authorization) throws {
        let amount = authorization.refundable
        guard amount > 0, try DisputeStore.find(authorization: authorization.id, in: work) == nil else { return }
        let dispute = Dispute(
            id: try work.newIdentifier("dsp"), authorization: authorization.id,
            authorizationReference: authorization.reference, amount: amount, currency: authorization.currency,
            openedAt: work.now)
        try DisputeStore.insert(dispute, in: work)
        try EffectStore.insert(effect(.chargedBack, of: dispute, fee: dispute.fee), in: work)
        try announce(dispute, of: authorization.token)
        guard let course = authorization.token.dispute, course != .staysOpen else { return }
        try JobStore.insert(
            .closeDispute, of: authorization.id, argument: course.rawValue, after: work.rules.timings.disputeEnd,
            in: work)
    }

    /// Won gives the money back, lost leaves it where it is.
    func close(_ dispute: Dispute, as status: Dispute.Status, of token: PaymentToken) throws {
        guard dispute.status == .opened else { return }
        var closed = dispute
        closed.status = status
        closed.closedAt = work.now
        try DisputeStore.save(closed, in: work)
        if status == .won { try EffectStore.insert(effect(.chargebackReversed, of: closed, fee: 0), in: work) }
        try announce(closed, of: token)
    }

    private func effect(_ kind: Effect.Kind, of dispute: Dispute, fee: Int64) throws -> Effect {
        Effect(
            kind: kind, authorization: dispute.authorization, subject: dispute.id,
            reference: dispute.authorizationReference, amount: dispute.amount, fee: fee, currency: dispute.currency,
            occurredAt: work.now, day: try work.businessDay())
    }

    private func announce(_ dispute: Dispute, of token: PaymentToken) throws {
        _ = try AnnounceFact(work: work).run(.dispute(dispute), of: token, telling: .callback)
    }
}
