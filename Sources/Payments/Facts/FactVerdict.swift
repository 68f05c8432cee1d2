import Money

/// What is done with a fact, beyond what the table of states can say.
extension FactSubject {
    /// The table's verdict, and what no table of states can say: a promise that ends while a capture is under way is decided
    /// by the capture, and what a look-up answers is believed even where it contradicts us.
    func verdict(on fact: ProviderFact) -> Verdict {
        let verdict = FactTable.verdict(
            on: fact.kind, status: payment.status, standing: standing(for: fact.kind), dispute: dispute?.state ?? .none)
        if case .refunded = fact.statement, isReturnKnown(fact) { return .drop }
        if verdict == .drop, isRestatedPromise(fact) { return .apply(.conflicted) }
        if case .apply = verdict, isForeignPromiseKnown(fact) || isPromiseEnded(fact) { return .drop }
        if case .apply = verdict, fact.kind.endsPromise, payment.amounts.capturesInFlight.isPositive { return .lookUp }
        return verdict == .lookUp && fact.origin == .lookUp ? .apply(.conflicted) : verdict
    }

    /// A promise that stands is stated again with another amount: theirs is booked.
    private func isRestatedPromise(_ fact: ProviderFact) -> Bool {
        guard case .authorized(let amount) = fact.statement, payment.authorization == .authorized else { return false }
        return amount != payment.amounts.authorized
    }

    /// A promise in another currency changes nothing but the flag, so a second statement of it changes nothing at all.
    private func isForeignPromiseKnown(_ fact: ProviderFact) -> Bool {
        guard case .authorized(let amount) = fact.statement, amount.currency != payment.currency else { return false }
        return payment.isConflicted
    }

    /// The refund that was returned, told of again under its own name: it succeeded once, and we know how it went on.
    private func isReturnKnown(_ fact: ProviderFact) -> Bool {
        guard let operation, isOperationKnown, operation.isUndone else { return false }
        return operation.providerReference != nil && operation.providerReference == fact.movementReference
    }

    /// The promise the provider has voided, or that has run out, told of after its end: a provider makes no second one under the
    /// same name. A payment it had never heard of when it was voided has no name there, and such a promise is news.
    private func isPromiseEnded(_ fact: ProviderFact) -> Bool {
        guard case .authorized = fact.statement, payment.authorization == .voided || payment.authorization == .expired
        else { return false }
        return payment.providerReference != nil && payment.providerReference == fact.paymentReference
    }

    /// What the fact speaks of, and before it the captures it would take the promise from: their answers decide.
    func operationsToAsk(of fact: ProviderFact) -> [PaymentOperationID] {
        guard fact.kind.operation != .authorization, let operation, isOperationKnown else {
            return openCaptures + [authorization.id]
        }
        return openCaptures + [operation.id]
    }
}
