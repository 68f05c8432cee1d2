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
        let ending = HoldEnding(
            phase: .holdPosted, reason: reason, authority: authority, bookingDate: bookingDate, valueDate: valueDate,
            occurredAt: occurredAt)
        return try take(amount, from: id, ending, in: &work, journal: &journal)
    }

    /// Gives back a hold or part of it: nothing moves. Giving back all that is left ends it.
    /// - Parameter amount: Minor units; nil for all that is left.
    package static func releaseHold(
        _ id: LedgerTransactionID, amount: Int64?, reason: PostingReason, authority: PostingAuthority,
        in work: inout UnitOfWork, journal: inout LedgerJournal
    ) throws -> RecordedTransaction {
        let ending = HoldEnding(phase: .holdReleased, reason: reason, authority: authority)
        return try take(amount, from: id, ending, in: &work, journal: &journal)
    }

    /// Ends a hold; nothing moved.
    package static func voidHold(
        _ id: LedgerTransactionID, reason: PostingReason, authority: PostingAuthority, in work: inout UnitOfWork,
        journal: inout LedgerJournal
    ) throws -> RecordedTransaction {
        let ending = HoldEnding(phase: .holdVoided, reason: reason, authority: authority)
        return try take(nil, from: id, ending, in: &work, journal: &journal)
    }

    /// Ends a hold whose timer has run out.
    /// - Precondition: its moment has come, by the unit of work's clock.
    package static func expireHold(
        _ hold: Hold, in work: inout UnitOfWork, journal: inout LedgerJournal
    ) throws -> RecordedTransaction {
        precondition(hold.isOverdue(at: work.now), "\(hold.id) is not held too long yet")
        let ending = HoldEnding(phase: .holdExpired, reason: .manual, authority: .fact)
        return try take(nil, from: hold.id, ending, in: &work, journal: &journal)
    }

    /// What is done with a hold, on whose word, and the dates of it.
    private struct HoldEnding {
        let phase: LedgerPhase
        let reason: PostingReason
        let authority: PostingAuthority
        var bookingDate: BookingDate?
        var valueDate: BookingDate?
        var occurredAt: Instant?
    }

    private static func take(
        _ amount: Int64?, from id: LedgerTransactionID, _ ending: HoldEnding, in work: inout UnitOfWork,
        journal: inout LedgerJournal
    ) throws -> RecordedTransaction {
        guard let held = try find(id, in: work) else { throw PostingRejection.unknownTransaction(id) }
        guard var hold = held.hold else { throw PostingRejection.notAHold(id) }
        let taken = try part(amount, of: hold, held, ending, at: work.now)
        let legs = held.legs.count == 2 ? held.legs.map { $0.of(taken) } : held.legs
        try checkAccess(legs, ending, journal: &journal)
        hold.take(taken, ending.phase)
        work.update(hold)
        for leg in legs { try count(leg, ending.phase, in: &work) }
        return write(header(of: held, ending, legs, in: &work), legs, in: &work, journal: &journal)
    }

    /// How much is taken, when that much may be. A hold past its time may be given back but not posted by a request,
    /// whether or not it has been swept: its owner was promised that it would end.
    private static func part(
        _ amount: Int64?, of hold: Hold, _ held: RecordedTransaction, _ ending: HoldEnding, at now: Instant
    ) throws -> Int64 {
        guard hold.isOpen else { throw PostingRejection.holdEnded(hold.id, hold.status) }
        if ending.phase == .holdPosted, ending.authority.isBoundByLimits, hold.isOverdue(at: now) {
            throw PostingRejection.holdEnded(hold.id, .expired)
        }
        if let amount, amount <= 0 { throw PostingRejection.amountNotPositive(amount) }
        let taken = amount ?? hold.remaining
        guard taken <= hold.remaining else {
            throw PostingRejection.exceedsHold(hold.id, remaining: hold.remaining, requested: taken)
        }
        guard held.legs.count == 2 || taken == hold.remaining else {
            throw PostingRejection.partNeedsTwoLegs(hold.id)
        }
        return taken
    }

    /// The accounts as they are now, not as they were when the hold was placed. Value held is never redirected: the hold
    /// stands on the account, so its end does too. A freeze keeps value from moving, and giving back moves none.
    private static func checkAccess(
        _ legs: [RecordedTransaction.Leg], _ ending: HoldEnding, journal: inout LedgerJournal
    ) throws {
        for leg in legs {
            if leg.account.isControl, !ending.authority.writesControlAccounts {
                throw PostingRejection.accountReserved(leg.account.path)
            }
            guard leg.account.status == .frozen, ending.phase == .holdPosted else { continue }
            if ending.authority.isBoundByLimits { throw PostingRejection.accountFrozen(leg.account.path) }
            journal.flagged(.postedToFrozen(leg.account.path))
        }
    }

    private static func header(
        of held: RecordedTransaction, _ ending: HoldEnding, _ legs: [RecordedTransaction.Leg],
        in work: inout UnitOfWork
    ) -> LedgerTransaction {
        let booked = ending.bookingDate ?? businessDate(work)
        return LedgerTransaction(
            id: work.newIdentifier(), phase: ending.phase, reason: ending.reason, legCount: Int64(legs.count),
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
