import Money
import Storage

/// Finding the accounts of a draft, and what each may take.
extension LedgerStore {
    /// Each leg with its account, checked for who may write it, its currency and its status.
    static func resolve(
        _ draft: LedgerTransactionDraft, in work: inout UnitOfWork, journal: inout LedgerJournal
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
            let account = try checkStatus(of: named, draft.authority, in: &work, journal: &journal)
            precondition(
                !account.tracksItems || posting.item != nil, "\(account.path) tracks items: a posting names one")
            legs.append(
                RecordedTransaction.Leg(
                    account: account, side: posting.side, amount: posting.amount,
                    item: account.tracksItems ? posting.item : nil))
        }
        return legs
    }

    private static func account(
        _ posting: Posting, _ authority: PostingAuthority, in work: inout UnitOfWork, journal: inout LedgerJournal
    ) throws -> Account {
        switch posting.account {
        case .id(let id):
            if let account = try work.find(Account.self, id) { return account }
        case .path(let path):
            if let account = try work.find(Account.byPath, path.text) { return account }
            if authority.writesControlAccounts, let line = ChartOfAccounts.line(for: path) {
                return open(line, path, posting.amount.currency, in: &work, journal: &journal)
            }
        }
        throw PostingRejection.unknownAccount(posting.account)
    }

    /// An account of the standard chart comes into being with its first posting: a new merchant or currency needs no set-up.
    private static func open(
        _ line: ChartLine, _ path: AccountPath, _ currency: Currency, in work: inout UnitOfWork,
        journal: inout LedgerJournal
    ) -> Account {
        let account = Account(
            id: work.newIdentifier(), path: path, type: line.type, currency: currency,
            ownerID: line.template.hasOwner ? String(path.stem[1]) : nil, isControl: line.isControl,
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
        let path = StandardAccount(.suspense, of: PathSegment("closed_accounts")).path(in: account.currency)
        if let suspense = try work.find(Account.byPath, path.text) { return suspense }
        return open(ChartOfAccounts.line(of: .suspense), path, account.currency, in: &work, journal: &journal)
    }

    // MARK: Counting

    /// Counts a leg in its account, and in its item where the account tracks items and the leg is posted.
    static func count(_ leg: RecordedTransaction.Leg, _ phase: LedgerPhase, in work: inout UnitOfWork) throws {
        var row = try balance(of: leg.account, in: work)
        do throws(BalanceOverflow) {
            switch phase {
            case .posted, .reversal: try row.balance.post(leg.amount.minorUnits, on: leg.side)
            case .pending: try row.balance.hold(leg.amount.minorUnits, on: leg.side)
            case .holdPosted:
                row.balance.release(leg.amount.minorUnits, on: leg.side)
                try row.balance.post(leg.amount.minorUnits, on: leg.side)
            case .holdReleased, .holdVoided, .holdExpired: row.balance.release(leg.amount.minorUnits, on: leg.side)
            }
        } catch {
            throw PostingRejection.balanceOverflow(leg.account.path)
        }
        work.update(row)
        if phase.isPosted, let item = leg.item { try count(leg, item, in: &work) }
    }

    private static func count(_ leg: RecordedTransaction.Leg, _ item: OpenItem, in work: inout UnitOfWork) throws {
        let known = try work.find(ItemBalance.self, ItemBalance.Key(leg.account.id, item))
        var row = known ?? ItemBalance(account: leg.account.id, item: item, openedAt: work.now)
        // Within the account's counters, which were checked: an item's part cannot overflow before its account does.
        switch leg.side {
        case .debit: row.debits += leg.amount.minorUnits
        case .credit: row.credits += leg.amount.minorUnits
        }
        if known == nil { work.insert(row) } else { work.update(row) }
    }

    static func balance(of account: Account, in work: borrowing UnitOfWork) throws -> AccountBalance {
        guard let row = try work.find(AccountBalance.self, account.id) else {
            preconditionFailure("\(account.path) has its counters")
        }
        return row
    }

    /// Floors and ceilings, looked at when all legs are counted: what counts is where the accounts stand afterwards.
    static func checkLimits(of legs: [RecordedTransaction.Leg], in work: borrowing UnitOfWork) throws {
        for leg in legs {
            let account = leg.account
            let lowers = leg.side != account.type.normalSide
            guard let limit = lowers ? account.floor : account.ceiling else { continue }
            let balance = try balance(of: account, in: work).balance
            if lowers {
                let available = balance.available(on: account.type.normalSide)
                guard available >= limit else {
                    throw PostingRejection.insufficientFunds(
                        account.path, available: Amount(minorUnits: available, currency: account.currency), floor: limit
                    )
                }
            } else if balance.pending(on: account.type.normalSide) > limit {
                throw PostingRejection.ceilingExceeded(account.path, ceiling: limit)
            }
        }
    }
}
