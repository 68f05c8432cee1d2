import Money
import Storage

/// Counting legs in the replayed accounts and items, in 128 bits and narrowed at the end: a log somebody else wrote must
/// be a finding and never a trap.
extension LedgerReplay {
    func count(
        _ posting: LoggedPosting, _ phase: LedgerPhase, on account: Account, at moment: Instant,
        in work: inout UnitOfWork
    ) throws {
        guard var row = try work.find(AccountBalance.self, account.id) else {
            throw ReplayFault.unknownAccount(account.path)
        }
        guard let balance = row.balance.moved(posting, phase) else {
            throw ReplayFault.counterOutOfRange(account.path)
        }
        row.balance = balance
        work.update(row)
        if phase.isPosted, let item = posting.item { try count(posting, item, on: account, at: moment, in: &work) }
    }

    private func count(
        _ posting: LoggedPosting, _ item: OpenItem, on account: Account, at moment: Instant, in work: inout UnitOfWork
    ) throws {
        let known = try work.find(ItemBalance.self, ItemBalance.Key(account.id, item))
        var row = known ?? ItemBalance(account: account.id, item: item, openedAt: moment)
        let counter = posting.side == .debit ? row.debits : row.credits
        let (sum, overflow) = counter.addingReportingOverflow(posting.minorUnits)
        guard !overflow else { throw ReplayFault.counterOutOfRange(account.path) }
        if posting.side == .debit { row.debits = sum } else { row.credits = sum }
        if known == nil { work.insert(row) } else { work.update(row) }
    }
}

extension Balance {
    /// The counters after a leg; nil when they cannot be.
    fileprivate func moved(_ posting: LoggedPosting, _ phase: LedgerPhase) -> Balance? {
        let isDebit = posting.side == .debit
        let amount = Int128(posting.minorUnits)
        var posted = Int128(isDebit ? debitsPosted : creditsPosted)
        var pending = Int128(isDebit ? debitsPending : creditsPending)
        if phase.isPosted { posted += amount }
        if phase == .pending { pending += amount }
        if phase.endsHold { pending -= amount }
        guard pending >= 0, let side = Int64(exactly: posted + pending) else { return nil }
        let (newPosted, newPending) = (side - Int64(pending), Int64(pending))
        return Balance(
            debitsPosted: isDebit ? newPosted : debitsPosted, creditsPosted: isDebit ? creditsPosted : newPosted,
            debitsPending: isDebit ? newPending : debitsPending, creditsPending: isDebit ? creditsPending : newPending)
    }
}
