import Ledger
import Money

/// What is booked when: the table of postings, row by row, as pure functions. The row's number stands at each function.
///
/// Nothing here decides whether something may happen: requests have been checked, and facts have happened.
package enum PostingRules {
    /// The draft of legs that balance. Their amounts are positive: rules are called for what has happened, and nothing is not booked.
    static func draft(
        _ reason: PostingReason, _ postings: [Posting], phase: LedgerTransactionDraft.Phase = .posted,
        authority: PostingAuthority = .fact, on dates: FactDates = FactDates()
    ) -> LedgerTransactionDraft {
        do {
            return try LedgerTransactionDraft(
                reason, postings, phase: phase, authority: authority, bookingDate: dates.bookingDate,
                valueDate: dates.valueDate, occurredAt: dates.occurredAt)
        } catch {
            preconditionFailure("the legs of a posting rule balance: \(error)")
        }
    }

    /// Posts an amount out of a hold as far as it goes, and what is beyond it by itself. What the hold has left is released.
    static func post(
        _ amount: Amount, outOf hold: OpenHold?, as reason: PostingReason, on dates: FactDates,
        legs: (Amount) -> [Posting]
    ) -> [Booking] {
        func units(_ count: Int64) -> Amount { Amount(minorUnits: count, currency: amount.currency) }
        let held = hold?.remaining.minorUnits ?? 0
        let part = min(amount.minorUnits, held)
        var bookings: [Booking] = []
        if let hold, part > 0 { bookings.append(.postHold(hold.id, draft(reason, legs(units(part)), on: dates))) }
        if let hold, part < held { bookings.append(.release(hold.id, units(held - part))) }
        if part < amount.minorUnits {
            bookings.append(.post(draft(reason, legs(units(amount.minorUnits - part)), on: dates)))
        }
        return bookings
    }

    /// Reverses each ledger transaction with the legs its reason had.
    static func reversals(
        of transactions: [BookedTransaction], as reason: PostingReason, on dates: FactDates,
        legs: (BookedTransaction) -> [Posting]
    ) -> [Booking] {
        transactions.map { transaction in
            .reverse(transaction.id, draft(reason, legs(transaction).map(\.swapped), on: dates))
        }
    }
}

extension Payment {
    var receivableAccount: StandardAccount { StandardAccount(.providerReceivable, of: providerAccount) }
    var payableAccount: StandardAccount { StandardAccount(.merchantPayable, of: merchant) }
    var disputesAccount: StandardAccount { StandardAccount(.disputesReceivable, of: providerAccount) }
    var providerFeesAccount: StandardAccount { StandardAccount(.providerFees, of: providerAccount) }
    var platformFeesAccount: StandardAccount { StandardAccount(.platformFees) }

    /// The provider owes us, we owe the merchant.
    func captureLegs(_ amount: Amount) -> [Posting] {
        [.debit(receivableAccount, amount, item: item), .credit(payableAccount, amount)]
    }

    /// The capture's legs the other way, yet a movement of its own.
    func refundLegs(_ amount: Amount) -> [Posting] {
        [.debit(payableAccount, amount), .credit(receivableAccount, amount, item: item)]
    }

    /// Our revenue out of what we owe.
    func platformFeeLegs(_ amount: Amount) -> [Posting] {
        [.debit(payableAccount, amount), .credit(platformFeesAccount, amount)]
    }

    /// The provider keeps its fee from what it owes us.
    func providerFeeLegs(_ amount: Amount) -> [Posting] {
        [.debit(providerFeesAccount, amount), .credit(receivableAccount, amount, item: item)]
    }
}
