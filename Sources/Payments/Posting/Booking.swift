import Ledger
import Money
import Storage

/// One thing a posting rule asks of the ledger. Rules say what; the verb that calls them does it, in order and in one commit.
package enum Booking: Hashable, Sendable {
    case hold(LedgerTransactionDraft)
    case post(LedgerTransactionDraft)
    /// Posts these legs out of a hold, which shrinks by their amount and ends when nothing is left.
    case postHold(LedgerTransactionID, LedgerTransactionDraft)
    /// Gives back part of a hold, or what is left of it.
    case release(LedgerTransactionID, Amount)
    /// Ends a hold whole.
    case void(LedgerTransactionID)
    /// Undoes a ledger transaction, whole: the legs are the original's with their sides swapped.
    case reverse(LedgerTransactionID, LedgerTransactionDraft)

    /// What is recorded, where something is.
    package var draft: LedgerTransactionDraft? {
        switch self {
        case .hold(let draft), .post(let draft), .postHold(_, let draft), .reverse(_, let draft): draft
        case .release, .void: nil
        }
    }
}

/// When a fact happened, as its ledger transactions say it.
package struct FactDates: Hashable, Sendable {
    /// The day of the provider or the bank where the rule follows it; nil for today's business date.
    package let bookingDate: BookingDate?
    /// The day the funds count from, where a bank says so; nil for the booking date.
    package let valueDate: BookingDate?
    package let occurredAt: Instant?

    package init(bookingDate: BookingDate? = nil, valueDate: BookingDate? = nil, occurredAt: Instant? = nil) {
        self.bookingDate = bookingDate
        self.valueDate = valueDate
        self.occurredAt = occurredAt
    }

    /// The same moment booked today: a refund is never backdated.
    package var today: FactDates { FactDates(occurredAt: occurredAt) }
}
