import Ledger
import Storage

extension Booking {
    /// Does in the ledger what the rule asks for. Giving back a hold moves nothing, so nothing binds it.
    /// - Throws: `PostingRejection`.
    func record(in work: inout UnitOfWork, journal: inout LedgerJournal) throws -> LedgerTransactionID {
        switch self {
        case .hold(let draft), .post(let draft):
            return try LedgerStore.post(draft, in: &work, journal: &journal).id
        case .postHold(let hold, let draft):
            return try LedgerStore.postHold(
                hold, amount: draft.postings[0].amount.minorUnits, reason: draft.reason, authority: draft.authority,
                bookingDate: draft.bookingDate, valueDate: draft.valueDate, occurredAt: draft.occurredAt, in: &work,
                journal: &journal
            ).id
        case .release(let hold, let amount):
            return try LedgerStore.releaseHold(
                hold, amount: amount.minorUnits, reason: Booking.reason(of: hold, in: work), authority: .fact,
                in: &work, journal: &journal
            ).id
        case .void(let hold):
            return try LedgerStore.voidHold(
                hold, reason: Booking.reason(of: hold, in: work), authority: .fact, in: &work, journal: &journal
            ).id
        case .reverse(let original, let draft):
            return try LedgerStore.reverse(
                original, amount: nil, reason: draft.reason, authority: draft.authority,
                bookingDate: draft.bookingDate, valueDate: draft.valueDate, occurredAt: draft.occurredAt, in: &work,
                journal: &journal
            ).id
        }
    }

    /// What gives a hold back has the reason the hold had.
    private static func reason(
        of hold: LedgerTransactionID, in work: borrowing UnitOfWork
    ) throws -> PostingReason {
        guard let held = try work.find(LedgerTransaction.self, hold) else {
            throw PostingRejection.unknownTransaction(hold)
        }
        return held.reason
    }
}
