import EventLog
import JSON
import Money
import Storage

/// Makes the ledger's rows out of the log alone: accounts with their counters, ledger transactions with their legs, holds,
/// items, and what has been reversed.
///
/// It shares row types with `LedgerStore` and no rule: it decides nothing, refuses nothing the log says, and counts by its
/// own arithmetic. What the two disagree about is a mistake of one of them.
package struct LedgerReplay: EventReplayer {
    package init() {}

    package func apply(_ event: EventDocument, in work: inout UnitOfWork) throws {
        if event.type == AccountChanged.type { return try change(event.content(), in: &work) }
        let members = try LedgerMembers(of: event)
        for account in members.accounts { try open(account, at: event.time, in: &work) }
        for transaction in members.transactions { try record(transaction, event, in: &work) }
    }

    // MARK: Accounts

    private func open(_ opened: OpenedAccount, at moment: Instant, in work: inout UnitOfWork) throws {
        guard try work.find(Account.self, opened.id) == nil,
            try work.find(Account.byPath, opened.path.text) == nil
        else { throw ReplayFault.openedTwice(opened.path) }
        guard let account = Account(opened, at: moment) else { throw ReplayFault.noCurrency(opened.path) }
        work.insert(account)
        work.insert(AccountBalance(account: opened.id, balance: Balance()))
    }

    private func change(_ changed: AccountChanged, in work: inout UnitOfWork) throws {
        guard let account = try work.find(Account.self, changed.account) else {
            throw ReplayFault.unknownAccount(changed.path)
        }
        work.update(account.changed(by: changed.change))
    }

    private func account(_ path: AccountPath, in work: borrowing UnitOfWork) throws -> Account {
        guard let account = try work.find(Account.byPath, path.text) else { throw ReplayFault.unknownAccount(path) }
        return account
    }

    // MARK: Ledger transactions

    private func record(
        _ transaction: LoggedTransaction, _ event: EventDocument, in work: inout UnitOfWork
    ) throws {
        guard try work.find(LedgerTransaction.self, transaction.id) == nil else {
            throw ReplayFault.recordedTwice(transaction.id)
        }
        if let externalID = transaction.externalID {
            guard try work.find(LedgerTransaction.byExternalID, externalID.text) == nil else {
                throw ReplayFault.externalIDTwice(externalID)
            }
        }
        var legs: [RecordedTransaction.Leg] = []
        for posting in transaction.postings {
            let account = try account(posting.account, in: work)
            legs.append(RecordedTransaction.Leg(posting, on: account))
            try count(posting, transaction.phase, on: account, at: event.time, in: &work)
        }
        try writeRows(of: transaction, legs, event, in: &work)
        try followHold(transaction, in: &work)
        try followReversal(transaction, in: &work)
    }

    private func writeRows(
        of transaction: LoggedTransaction, _ legs: [RecordedTransaction.Leg], _ event: EventDocument,
        in work: inout UnitOfWork
    ) throws {
        let pair = legs.count == 2 ? try pair(legs, of: transaction) : nil
        if pair == nil {
            for (place, leg) in legs.enumerated() {
                work.insert(
                    PostingRow(
                        transaction: transaction.id, leg: Int64(place), account: leg.account.id, side: leg.side,
                        amount: leg.amount, item: leg.item))
            }
        }
        work.insert(
            LedgerTransaction(
                id: transaction.id, phase: transaction.phase, reason: transaction.reason, legCount: Int64(legs.count),
                pair: pair, parent: transaction.parent, externalID: transaction.externalID,
                bookingDate: transaction.bookingDate, valueDate: transaction.valueDate,
                occurredAt: transaction.occurredAt, expiresAt: transaction.expiresAt, recordedAt: event.time,
                sequence: event.id.sequence))
    }

    private func pair(_ legs: [RecordedTransaction.Leg], of transaction: LoggedTransaction) throws -> LegPair {
        guard let debit = legs.first(where: { $0.side == .debit }),
            let credit = legs.first(where: { $0.side == .credit }), debit.amount == credit.amount
        else { throw ReplayFault.unbalanced(transaction.id) }
        return LegPair(
            debitAccount: debit.account.id, creditAccount: credit.account.id, amount: debit.amount,
            debitItem: debit.item, creditItem: credit.item)
    }

    // MARK: What follows from them

    private func followHold(_ transaction: LoggedTransaction, in work: inout UnitOfWork) throws {
        let minorUnits = transaction.postings[0].minorUnits
        if let kind = transaction.hold {
            work.insert(
                Hold(id: transaction.id, kind: kind, remaining: minorUnits, expiresAt: transaction.expiresAt))
        }
        guard transaction.phase.endsHold else { return }
        guard let parent = transaction.parent, var hold = try work.find(Hold.self, parent) else {
            throw ReplayFault.noHold(transaction.id)
        }
        guard minorUnits <= hold.remaining else { throw ReplayFault.exceedsHold(parent) }
        hold.remaining -= minorUnits
        if transaction.phase == .holdPosted { hold.postedMinorUnits += minorUnits }
        if hold.remaining == 0 {
            let isPosted = hold.postedMinorUnits > 0
            hold.status = transaction.phase == .holdExpired ? .expired : isPosted ? .posted : .voided
        }
        work.update(hold)
    }

    private func followReversal(_ transaction: LoggedTransaction, in work: inout UnitOfWork) throws {
        guard transaction.phase == .reversal else { return }
        guard let parent = transaction.parent else { throw ReplayFault.noOriginal(transaction.id) }
        let known = try work.find(ReversedAmount.self, parent)
        let (sum, overflow) = (known?.minorUnits ?? 0).addingReportingOverflow(transaction.postings[0].minorUnits)
        guard !overflow else { throw ReplayFault.noOriginal(transaction.id) }
        let row = ReversedAmount(transaction: parent, minorUnits: sum)
        if known == nil { work.insert(row) } else { work.update(row) }
    }
}

/// Why no rows can be made of an event. `verify` names the event beside it.
package enum ReplayFault: Error, Hashable {
    case openedTwice(AccountPath)
    /// No currency has the path's code with the exponent the event says.
    case noCurrency(AccountPath)
    case unknownAccount(AccountPath)
    case recordedTwice(LedgerTransactionID)
    case externalIDTwice(ExternalID)
    case unbalanced(LedgerTransactionID)
    /// A counter would fall below zero or pass what 63 bits hold.
    case counterOutOfRange(AccountPath)
    /// It ends a hold that is not there.
    case noHold(LedgerTransactionID)
    case exceedsHold(LedgerTransactionID)
    /// It reverses nothing, or more than any amount can be.
    case noOriginal(LedgerTransactionID)
}
