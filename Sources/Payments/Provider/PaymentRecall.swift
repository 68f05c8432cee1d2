import Money

/// What a provider knows of a payment, whole: enough to make it anew where these books have forgotten it.
package struct RecalledPayment: Hashable, Sendable {
    /// Our own reference, echoed: the text of the command that began it. Nil for one that was never ours.
    package let reference: String?
    package let amount: Amount
    package let method: PaymentMethodToken
    package let captureMode: CaptureMode
    /// Everything it can say of it, oldest first. None while it is still at work on the authorization.
    package let facts: [ProviderFact]
    /// The captures after which none follows, by the provider's names for them: no fact says that of a capture we asked for,
    /// because we knew.
    package let finalCaptures: Set<ProviderReference>

    package init(
        reference: String?, amount: Amount, method: PaymentMethodToken, captureMode: CaptureMode, facts: [ProviderFact],
        finalCaptures: Set<ProviderReference> = []
    ) {
        self.reference = reference
        self.amount = amount
        self.method = method
        self.captureMode = captureMode
        self.facts = facts
        self.finalCaptures = finalCaptures
    }

    /// Whether a fact is of a capture that gave the rest of the promise back.
    func isFinal(_ fact: ProviderFact) -> Bool {
        fact.kind == .captured && fact.movementReference.map(finalCaptures.contains) == true
    }
}

/// What the provider knows by a name of its own.
package enum RecallReply: Hashable, Sendable {
    case found(RecalledPayment)
    /// It has no payment of that name.
    case notFound
    /// It could not be asked.
    case unknown(why: String)
}
