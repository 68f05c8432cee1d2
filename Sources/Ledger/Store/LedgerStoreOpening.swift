import EventLog
import Money
import Storage

/// Opening accounts: a caller's own after a draft, those of the standard chart with their first posting.
extension LedgerStore {
    /// Opens an account after a draft, or answers the one that is there already when the draft says the same of it.
    /// Whether the path may be taken is the caller's to know: a merchant's payable may be opened with its policy's floor.
    /// - Throws: `AccountRejection.pathTaken`.
    package static func open(
        _ draft: AccountDraft, in work: inout UnitOfWork, journal: inout LedgerJournal
    ) throws -> Account {
        let line = ChartOfAccounts.line(for: draft.path)
        if let known = try work.find(Account.byPath, draft.path.text) {
            guard let field = known.firstDifference(from: draft) else { return known }
            throw AccountRejection.pathTaken(draft.path, existing: known.id, firstDifference: field)
        }
        precondition(line == nil || line?.type == draft.type, "\(draft.path) has the chart's type")
        let account = Account(
            id: work.newIdentifier(), path: draft.path, type: draft.type, currency: draft.currency,
            ownerID: draft.ownerID, isControl: line?.isControl ?? false, tracksItems: line?.tracksItems ?? false,
            purpose: line?.purpose ?? .ordinary, floor: draft.floor, ceiling: draft.ceiling, status: .open,
            openedAt: work.now)
        insert(account, in: &work, journal: &journal)
        return account
    }

    /// An account of the standard chart comes into being with its first posting: a new merchant or currency needs no set-up.
    static func open(
        _ line: ChartLine, _ path: AccountPath, _ currency: Currency, in work: inout UnitOfWork,
        journal: inout LedgerJournal
    ) -> Account {
        let account = Account(
            id: work.newIdentifier(), path: path, type: line.type, currency: currency,
            ownerID: line.template.owner(in: path.stem).flatMap { AllowedText($0) }, isControl: line.isControl,
            tracksItems: line.tracksItems, purpose: line.purpose, floor: line.floor == .none ? nil : 0, ceiling: nil,
            status: .open, openedAt: work.now)
        insert(account, in: &work, journal: &journal)
        return account
    }

    /// Adds an account with its counters at zero.
    static func insert(_ account: Account, in work: inout UnitOfWork, journal: inout LedgerJournal) {
        work.insert(account)
        work.insert(AccountBalance(account: account.id, balance: Balance()))
        journal.opened(account)
    }
}

extension Account {
    /// The first member in which a draft of the same path differs. Its status and limits may have been changed since it
    /// was opened, so limits are compared too: whoever changed them has said something else.
    fileprivate func firstDifference(from draft: AccountDraft) -> String? {
        if type != draft.type { return "type" }
        if currency != draft.currency { return "currency" }
        if ownerID != draft.ownerID { return "owner_id" }
        if floor != draft.floor { return "floor" }
        if ceiling != draft.ceiling { return "ceiling" }
        return nil
    }
}
