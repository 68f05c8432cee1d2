/// What became of a fact.
package enum RecordedOutcome: Hashable, Sendable {
    /// Booked, and told in an event.
    case applied(PaymentID)
    /// It says nothing we do not know; nothing was written.
    case repeated(PaymentID)
    /// It would undo what we know: the provider is asked.
    case questioned(PaymentID)
    /// It names no payment of ours; kept until one appears.
    case orphaned(OrphanFactID)
    /// No rule can book it; a person is told.
    case unbookable(PaymentID, UnbookableReason)
}
