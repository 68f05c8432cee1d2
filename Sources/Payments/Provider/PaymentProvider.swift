import Storage

/// The edge to one provider account. An adapter translates and never writes: it makes requests of a provider's wire, and
/// facts of what the provider says. One value stands for one contract, with its address and credentials inside.
///
/// Nothing here throws: whatever goes wrong on the way is one of the answers, because money may have moved meanwhile.
package protocol PaymentProvider: Sendable {
    var capabilities: ProviderCapabilities { get }

    /// Asks the provider to do something. Never called with a database transaction open.
    ///
    /// The provider's idempotency key is the command's, so that asking twice has one effect; the caller nevertheless asks
    /// again only after a look-up found nothing, for not every provider keeps keys as long as a doubt may last.
    func submit(_ command: ProviderCommand) async -> ProviderReply

    /// Asks what became of a command, by the reference the provider knows us by.
    func lookUp(_ command: ProviderCommand) async -> LookUpReply

    /// Asks what a payment is that we may have forgotten, by the provider's name for it.
    func recall(_ payment: ProviderReference) async -> RecallReply

    /// Checks a notification's signature and age and reads its facts. Whether it is a repeat is the caller's to decide, by
    /// the notification's id.
    /// - Parameters:
    ///   - body: The exact bytes received; the signature is over them and nothing else.
    ///   - secrets: The signing secrets in force, newest first: two while one is being replaced.
    func verifyNotification(
        headers: NotificationHeaders, body: [UInt8], secrets: [NotificationSecret], now: Instant
    ) throws(NotificationRejection) -> ProviderNotification
}

/// What the provider said at once.
package enum ProviderReply: Hashable, Sendable {
    /// The facts it stated, in the order they happened.
    case facts([ProviderFact])
    /// It took the command; the outcome comes by notification or is found by look-up.
    case accepted(providerReference: ProviderReference?)
    /// It certainly did nothing and may be asked again later: the connection was refused, or it answered that it is busy.
    case unavailable(ProviderFailure)
    /// No usable answer: it may have happened or not. To be looked up, never tried again blind.
    case unknown(why: String)
}

/// What the provider knows of a command.
package enum LookUpReply: Hashable, Sendable {
    /// It knows it: everything it can say of it. No facts while it is still at work on it.
    case found([ProviderFact])
    /// It has never heard of it.
    case notFound
    /// It could not be asked.
    case unknown(why: String)
}
