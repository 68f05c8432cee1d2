import Money
import Storage

/// Finding the accounts of a draft, and whether each may be written.
extension LedgerStore {
    /// Each leg with its account, checked for who may write it, its currency and its status.
    static func resolve(
        _ draft: LedgerTransactionDraft, as id: LedgerTransactionID, in work: inout UnitOfWork,
        journal: inout LedgerJournal
    ) throws -> [RecordedTransaction.Leg] {
        var legs: [RecordedTransaction.Leg] = []
        legs.reserveCapacity(draft.postings.count)
        for posting in draft.postings {
            let named = try account(posting, draft.authority, in: &work, journal: &journal)
            if named.isControl, !draft.authority.writesControlAccounts {
                throw PostingRejection.accountReserved(named.path)
            }
            guard named.currency == posting.amount.currency else {
                throw PostingRejection.currencyMismatch(named.path, posting: posting.amount.currency)
            }
            precondition(!named.tracksItems || posting.item != nil, "\(named.path) tracks items: a posting names one")
            let account = try checkStatus(of: named, draft.authority, in: &work, journal: &journal)
            legs.append(
                RecordedTransaction.Leg(
                    account: account, side: posting.side, amount: posting.amount,
                    item: account.tracksItems ? item(of: posting, in: draft, id) : nil))
        }
        return legs
    }

    /// The item a posting names. One that was redirected to suspense may name none, and yet whoever clears the suspense
    /// must find what it came from: an item of another leg, or else the ledger transaction itself.
    private static func item(
        of posting: Posting, in draft: LedgerTransactionDraft, _ id: LedgerTransactionID
    ) -> OpenItem {
        posting.item ?? draft.postings.lazy.compactMap(\.item).first ?? OpenItem(.transaction, id.rawValue)
    }

    private static func account(
        _ posting: Posting, _ authority: PostingAuthority, in work: inout UnitOfWork, journal: inout LedgerJournal
    ) throws -> Account {
        if let account = try find(posting.account, in: work) { return account }
        if authority.writesControlAccounts, case .path(let path) = posting.account,
            let line = ChartOfAccounts.line(for: path)
        {
            return open(line, path, posting.amount.currency, in: &work, journal: &journal)
        }
        throw PostingRejection.unknownAccount(posting.account)
    }

    package static func find(_ account: AccountReference, in work: borrowing UnitOfWork) throws -> Account? {
        switch account {
        case .id(let id): try work.find(Account.self, id)
        case .path(let path): try work.find(Account.byPath, path.text)
        }
    }

    /// Requests are refused by a frozen or closed account. A fact is booked: on a frozen one flagged, for a closed one in suspense.
    private static func checkStatus(
        of account: Account, _ authority: PostingAuthority, in work: inout UnitOfWork, journal: inout LedgerJournal
    ) throws -> Account {
        switch (account.status, authority.isBoundByLimits) {
        case (.open, _): return account
        case (.closed, true): throw PostingRejection.accountClosed(account.path)
        case (.frozen, true): throw PostingRejection.accountFrozen(account.path)
        case (.frozen, false):
            journal.flagged(.postedToFrozen(account.path))
            return account
        case (.closed, false):
            let suspense = try suspense(for: account, in: &work, journal: &journal)
            journal.flagged(.redirectedFromClosed(account.path, to: suspense.path))
            return suspense
        }
    }

    private static func suspense(
        for account: Account, in work: inout UnitOfWork, journal: inout LedgerJournal
    ) throws -> Account {
        let path = closedAccountsSuspense.path(in: account.currency)
        if let suspense = try work.find(Account.byPath, path.text) { return suspense }
        return open(ChartOfAccounts.line(of: .suspense), path, account.currency, in: &work, journal: &journal)
    }

    /// Where a fact goes whose account is closed.
    static let closedAccountsSuspense = StandardAccount(.suspense, of: PathSegment("closed_accounts"))
}
