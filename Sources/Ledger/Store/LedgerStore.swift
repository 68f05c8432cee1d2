import Money
import Storage

/// The only writer of accounts, counters and postings. Everything here runs inside a unit of work, under the head's lock.
package enum LedgerStore {
    /// Records a draft: as posted or as a hold, by its phase.
    ///
    /// An external id that is known already answers the recorded transaction when the content is the same, and writes
    /// nothing. The checks are made in the order of `PostingRejection`; what was done before one of them failed is undone
    /// with the unit of work, or by the caller's `attempt`.
    package static func post(
        _ draft: LedgerTransactionDraft, in work: inout UnitOfWork, journal: inout LedgerJournal
    ) throws -> RecordedTransaction {
        if let externalID = draft.externalID, let known = try existing(externalID, like: draft, in: work) {
            return known
        }
        let id = work.newIdentifier(LedgerTransactionID.self)
        let legs = try resolve(draft, as: id, in: &work, journal: &journal).debitFirst
        let header = header(of: draft, id, legs: legs, in: work)
        for leg in legs { try count(leg, header.phase, in: &work) }
        if draft.authority.isBoundByLimits, draft.phase != .pending(.mirror) {
            try checkLimits(of: legs, header.phase, in: work)
        }
        var hold: Hold?
        if case .pending(let kind) = draft.phase {
            let placed = self.hold(kind, header, legs)
            work.insert(placed)
            hold = placed
        }
        return write(header, legs, hold, in: &work, journal: &journal)
    }

    /// Today's business date in the book's calendar. Books keep UTC for now.
    package static func businessDate(_ work: borrowing UnitOfWork) -> BookingDate {
        BookingDate(of: work.now)
    }

    // MARK: Recording

    private static func header(
        of draft: LedgerTransactionDraft, _ id: LedgerTransactionID, legs: [RecordedTransaction.Leg],
        in work: borrowing UnitOfWork
    ) -> LedgerTransaction {
        let booked = draft.bookingDate ?? businessDate(work)
        var phase = LedgerPhase.posted
        var expiresAt: Instant?
        if case .pending(let kind) = draft.phase {
            phase = .pending
            if case .timed(let seconds) = kind { expiresAt = work.now.advanced(by: .seconds(seconds)) }
        }
        return LedgerTransaction(
            id: id, phase: phase, reason: draft.reason, legCount: Int64(legs.count),
            pair: LegPair(legs), parent: nil, externalID: draft.externalID, bookingDate: booked,
            valueDate: draft.valueDate ?? booked, occurredAt: draft.occurredAt, expiresAt: expiresAt,
            recordedAt: work.now, sequence: work.nextSequence)
    }

    private static func hold(
        _ kind: HoldKind, _ header: LedgerTransaction, _ legs: [RecordedTransaction.Leg]
    ) -> Hold {
        let stored: Hold.Kind =
            switch kind {
            case .mirror: .mirror;
            case .reservation: .reservation;
            case .timed: .timed
            }
        return Hold(id: header.id, kind: stored, remaining: legs[0].amount.minorUnits, expiresAt: header.expiresAt)
    }

    /// Writes a header whose legs have been counted, with the legs it does not hold itself.
    static func write(
        _ header: LedgerTransaction, _ legs: [RecordedTransaction.Leg], _ hold: Hold? = nil, in work: inout UnitOfWork,
        journal: inout LedgerJournal
    ) -> RecordedTransaction {
        if header.pair == nil {
            for (position, leg) in legs.enumerated() {
                work.insert(
                    PostingRow(
                        transaction: header.id, leg: Int64(position), account: leg.account.id, side: leg.side,
                        amount: leg.amount, item: leg.item))
            }
        }
        work.insert(header)
        let recorded = RecordedTransaction(header: header, legs: legs, hold: hold)
        journal.recorded(recorded)
        return recorded
    }

    // MARK: Finding

    /// A recorded transaction with its legs.
    package static func find(
        _ id: LedgerTransactionID, in work: borrowing UnitOfWork
    ) throws -> RecordedTransaction? {
        guard let header = try work.find(LedgerTransaction.self, id) else { return nil }
        return try withLegs(header, in: work)
    }

    static func withLegs(_ header: LedgerTransaction, in work: borrowing UnitOfWork) throws -> RecordedTransaction {
        func account(_ id: AccountID) throws -> Account {
            guard let account = try work.find(Account.self, id) else {
                preconditionFailure("a recorded leg's account is there")
            }
            return account
        }
        let hold = header.phase == .pending ? try work.find(Hold.self, header.id) : nil
        if let pair = header.pair {
            let debit = try account(pair.debitAccount)
            let credit = try account(pair.creditAccount)
            return RecordedTransaction(
                header: header,
                legs: [
                    .init(account: debit, side: .debit, amount: pair.amount, item: pair.debitItem),
                    .init(account: credit, side: .credit, amount: pair.amount, item: pair.creditItem),
                ],
                hold: hold)
        }
        let rows = try work.group(PostingRow.byTransaction, header.id).sorted { $0.leg < $1.leg }
        return RecordedTransaction(
            header: header,
            legs: try rows.map {
                .init(account: try account($0.account), side: $0.side, amount: $0.amount, item: $0.item)
            },
            hold: hold)
    }
}

extension PostingAuthority {
    /// Whether floors, ceilings and freezes bind it. A fact is never refused.
    var isBoundByLimits: Bool { self != .fact }
    /// Whether it may write control accounts, and open those of the chart it needs.
    var writesControlAccounts: Bool { self != .caller }
}

extension [RecordedTransaction.Leg] {
    /// Two legs stand in one order, whichever way round they were asked for: as the one row that holds both has them.
    var debitFirst: [RecordedTransaction.Leg] {
        count == 2 && self[0].side == .credit ? [self[1], self[0]] : self
    }
}

extension LegPair {
    /// The one-row form of two legs; nil when there are more.
    init?(_ legs: [RecordedTransaction.Leg]) {
        guard legs.count == 2 else { return nil }
        let pair = legs.debitFirst
        self.init(
            debitAccount: pair[0].account.id, creditAccount: pair[1].account.id, amount: pair[0].amount,
            debitItem: pair[0].item, creditItem: pair[1].item)
    }
}
