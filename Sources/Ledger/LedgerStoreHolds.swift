import Money
import Storage

/// Ending holds, wholly or in part, each time by a ledger transaction of its own.
extension LedgerStore {
    /// Posts a hold or part of it: that much is no longer pending, and counts.
    /// - Parameter amount: Minor units; nil for all that is left.
    package static func postHold(
        _ id: LedgerTransactionID, amount: Int64?, reason: PostingReason, authority: PostingAuthority,
        bookingDate: BookingDate? = nil, valueDate: BookingDate? = nil, occurredAt: Instant? = nil,
        in work: inout UnitOfWork, journal: inout LedgerJournal
    ) throws -> RecordedTransaction {
        try takeFromHold(
            id, amount, .holdPosted, HoldEnding(reason, authority, bookingDate, valueDate, occurredAt), in: &work,
            journal: &journal)
    }

    /// Gives back a hold or part of it: nothing moves. Giving back all that is left ends it.
    package static func releaseHold(
        _ id: LedgerTransactionID, amount: Int64?, reason: PostingReason, in work: inout UnitOfWork,
        journal: inout LedgerJournal
    ) throws -> RecordedTransaction {
        try takeFromHold(id, amount, .holdReleased, HoldEnding(reason, .fact), in: &work, journal: &journal)
    }

    /// Ends a hold; nothing moved.
    package static func voidHold(
        _ id: LedgerTransactionID, reason: PostingReason, in work: inout UnitOfWork, journal: inout LedgerJournal
    ) throws -> RecordedTransaction {
        try takeFromHold(id, nil, .holdVoided, HoldEnding(reason, .fact), in: &work, journal: &journal)
    }

    /// Ends a hold whose timer has run out.
    package static func expireHold(
        _ id: LedgerTransactionID, in work: inout UnitOfWork, journal: inout LedgerJournal
    ) throws -> RecordedTransaction {
        try takeFromHold(id, nil, .holdExpired, HoldEnding(.manual, .fact), in: &work, journal: &journal)
    }

    private struct HoldEnding {
        let reason: PostingReason
        let authority: PostingAuthority
        let bookingDate: BookingDate?
        let valueDate: BookingDate?
        let occurredAt: Instant?

        init(
            _ reason: PostingReason, _ authority: PostingAuthority, _ bookingDate: BookingDate? = nil,
            _ valueDate: BookingDate? = nil, _ occurredAt: Instant? = nil
        ) {
            self.reason = reason
            self.authority = authority
            self.bookingDate = bookingDate
            self.valueDate = valueDate
            self.occurredAt = occurredAt
        }
    }

    private static func takeFromHold(
        _ id: LedgerTransactionID, _ amount: Int64?, _ phase: LedgerPhase, _ ending: HoldEnding,
        in work: inout UnitOfWork, journal: inout LedgerJournal
    ) throws -> RecordedTransaction {
        guard let held = try find(id, in: work) else { throw PostingRejection.unknownTransaction(id) }
        guard var hold = try work.find(Hold.self, id) else { throw PostingRejection.notAHold(id) }
        guard hold.isOpen else { throw PostingRejection.holdEnded(id, hold.status) }
        if let amount, amount <= 0 { throw PostingRejection.amountNotPositive(amount) }
        let taken = amount ?? hold.remaining
        guard taken <= hold.remaining else {
            throw PostingRejection.exceedsHold(id, remaining: hold.remaining, requested: taken)
        }
        guard held.legs.count == 2 || taken == hold.remaining else { throw PostingRejection.partNeedsTwoLegs(id) }
        let legs = held.legs.count == 2 ? held.legs.map { $0.of(taken) } : held.legs
        try checkAccess(legs, ending.authority, in: work, journal: &journal)
        hold.take(taken, phase)
        work.update(hold)
        for leg in legs { try count(leg, phase, in: &work) }
        return write(header(of: held, phase, ending, legs, in: &work), legs, in: &work, journal: &journal)
    }

    /// The accounts as they are now, not as they were when the hold was placed. Value held is never redirected: the hold
    /// stands on the account, so its end does too.
    private static func checkAccess(
        _ legs: [RecordedTransaction.Leg], _ authority: PostingAuthority, in work: borrowing UnitOfWork,
        journal: inout LedgerJournal
    ) throws {
        for leg in legs {
            if leg.account.isControl, !authority.writesControlAccounts {
                throw PostingRejection.accountReserved(leg.account.path)
            }
            guard leg.account.status == .frozen else { continue }
            if authority.isBoundByLimits { throw PostingRejection.accountFrozen(leg.account.path) }
            journal.flagged(.postedToFrozen(leg.account.path))
        }
    }

    private static func header(
        of held: RecordedTransaction, _ phase: LedgerPhase, _ ending: HoldEnding, _ legs: [RecordedTransaction.Leg],
        in work: inout UnitOfWork
    ) -> LedgerTransaction {
        let booked = ending.bookingDate ?? businessDate(work)
        return LedgerTransaction(
            id: work.newIdentifier(), phase: phase, reason: ending.reason, legCount: Int64(legs.count),
            pair: LegPair(legs), parent: held.id, externalID: nil, bookingDate: booked,
            valueDate: ending.valueDate ?? booked, occurredAt: ending.occurredAt, expiresAt: nil, recordedAt: work.now,
            sequence: work.nextSequence)
    }
}

extension RecordedTransaction.Leg {
    /// The same leg for another amount.
    func of(_ minorUnits: Int64) -> RecordedTransaction.Leg {
        RecordedTransaction.Leg(
            account: account, side: side, amount: Amount(minorUnits: minorUnits, currency: amount.currency), item: item)
    }
}
