import Money
import Storage

/// Undoing what was posted by its opposite. The original stays posted.
extension LedgerStore {
    /// Reverses a posted ledger transaction, or part of a two-legged one. Reversals together never exceed the original.
    /// - Parameter amount: Minor units; nil for all that has not been reversed.
    package static func reverse(
        _ originalID: LedgerTransactionID, amount: Int64?, reason: PostingReason = .reversal,
        authority: PostingAuthority,
        bookingDate: BookingDate? = nil, valueDate: BookingDate? = nil, occurredAt: Instant? = nil,
        in work: inout UnitOfWork, journal: inout LedgerJournal
    ) throws -> RecordedTransaction {
        guard let original = try find(originalID, in: work) else {
            throw PostingRejection.unknownTransaction(originalID)
        }
        guard original.header.phase.isPosted, original.header.phase != .reversal else {
            throw PostingRejection.notReversible(originalID, original.header.phase)
        }
        let taken = try takeFromOriginal(original, amount, in: &work)
        let swapped = original.legs.map { leg in
            Posting(
                .id(leg.account.id), leg.side.opposite,
                original.legs.count == 2 ? Amount(minorUnits: taken, currency: leg.amount.currency) : leg.amount,
                item: leg.item)
        }
        // Swapping the sides of what balanced balances again.
        let draft = try LedgerTransactionDraft(
            reason, swapped, authority: authority, bookingDate: bookingDate, valueDate: valueDate,
            occurredAt: occurredAt)
        let id = work.newIdentifier(LedgerTransactionID.self)
        let legs = try resolve(draft, as: id, in: &work, journal: &journal).debitFirst
        for leg in legs { try count(leg, .reversal, in: &work) }
        if authority.isBoundByLimits { try checkLimits(of: legs, .reversal, in: work) }
        return write(
            header(of: draft, id, reversing: original, legs, in: work), legs, in: &work, journal: &journal)
    }

    /// Notes how much more of the original is reversed now, and answers it.
    private static func takeFromOriginal(
        _ original: RecordedTransaction, _ amount: Int64?, in work: inout UnitOfWork
    ) throws -> Int64 {
        let whole = original.legs[0].amount.minorUnits
        let known = try work.find(ReversedAmount.self, original.id)
        let remaining = whole - (known?.minorUnits ?? 0)
        if let amount, amount <= 0 { throw PostingRejection.amountNotPositive(amount) }
        let taken = amount ?? remaining
        guard taken <= remaining, taken > 0 else {
            throw PostingRejection.exceedsOriginal(original.id, remaining: remaining, requested: amount ?? whole)
        }
        guard original.legs.count == 2 || taken == whole else { throw PostingRejection.partNeedsTwoLegs(original.id) }
        let row = ReversedAmount(transaction: original.id, minorUnits: whole - remaining + taken)
        if known == nil { work.insert(row) } else { work.update(row) }
        return taken
    }

    private static func header(
        of draft: LedgerTransactionDraft, _ id: LedgerTransactionID, reversing original: RecordedTransaction,
        _ legs: [RecordedTransaction.Leg], in work: borrowing UnitOfWork
    ) -> LedgerTransaction {
        let booked = draft.bookingDate ?? businessDate(work)
        return LedgerTransaction(
            id: id, phase: .reversal, reason: draft.reason, legCount: Int64(legs.count), pair: LegPair(legs),
            parent: original.id, externalID: nil, bookingDate: booked, valueDate: draft.valueDate ?? booked,
            occurredAt: draft.occurredAt, expiresAt: nil, recordedAt: work.now, sequence: work.nextSequence)
    }
}
