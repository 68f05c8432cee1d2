import EventLog
import Money

/// What holds of each ledger transaction by itself and of the accounts after it.
extension LedgerFold {
    /// Debits equal credits in each currency. Two currencies of one code and different exponents are two.
    mutating func checkSums(of transaction: LoggedTransaction) {
        var sums: [(code: CurrencyCode, exponent: Int, debits: Int128, credits: Int128)] = []
        for posting in transaction.postings {
            let code = posting.account.currencyCode
            let exponent = accounts[posting.account]?.exponent ?? 0
            let known = sums.firstIndex { $0.code == code && $0.exponent == exponent }
            if known == nil { sums.append((code, exponent, 0, 0)) }
            let index = known ?? sums.endIndex - 1
            switch posting.side {
            case .debit: sums[index].debits += Int128(posting.minorUnits)
            case .credit: sums[index].credits += Int128(posting.minorUnits)
            }
        }
        for sum in sums where sum.debits != sum.credits {
            note(transaction.id.description, .unbalanced(sum.code, debits: sum.debits, credits: sum.credits))
        }
    }

    mutating func count(_ posting: LoggedPosting, _ phase: LedgerPhase) {
        guard var account = accounts[posting.account] else { return }
        checkAccess(to: account, posting, phase)
        account.count(posting, phase)
        if !account.isInRange { note(posting.account.text, .counterOutOfRange) }
        accounts[posting.account] = account
        guard phase.isPosted, let item = posting.item else { return }
        items[FoldedItem.Key(path: posting.account, item: item), default: FoldedItem()].count(posting)
    }

    private mutating func checkAccess(to account: FoldedAccount, _ posting: LoggedPosting, _ phase: LedgerPhase) {
        if account.isAdopted { return }
        if account.tracksItems != (posting.item != nil) { note(posting.account.text, .wrongItem) }
        if account.status == .closed { note(posting.account.text, .closedAccountWritten) }
        if account.status == .frozen, !account.isControl, phase.isPosted || phase == .pending {
            note(posting.account.text, .frozenAccountWritten)
        }
    }

    /// Floors and ceilings of callers' own accounts, which only requests write. On control accounts the log does not say
    /// whose word a ledger transaction was made on, and facts may break any limit.
    mutating func checkLimits(of transaction: LoggedTransaction) {
        guard transaction.phase == .posted || transaction.phase == .pending || transaction.phase == .reversal,
            transaction.hold != .mirror
        else { return }
        for posting in transaction.postings {
            guard let account = accounts[posting.account], !account.isControl else { continue }
            if posting.side != account.type.normalSide {
                guard let floor = account.floor, account.available < Int128(floor) else { continue }
                note(posting.account.text, .floorBroken(available: account.available, floor: floor))
            } else {
                guard let ceiling = account.ceiling, account.pending > Int128(ceiling) else { continue }
                note(posting.account.text, .ceilingBroken(pending: account.pending, ceiling: ceiling))
            }
        }
    }
}
