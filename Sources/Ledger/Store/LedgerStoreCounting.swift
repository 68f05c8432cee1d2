import Money
import Storage

/// Counting legs in their accounts and items, and holding accounts to their limits.
extension LedgerStore {
    /// The counters of an account, as this unit of work has made them so far: for conditions a body puts on where an
    /// account stands.
    package static func balance(of account: Account, in work: borrowing UnitOfWork) throws -> Balance {
        try counters(of: account, in: work).balance
    }

    /// Counts a leg in its account, and in its item where the account tracks items and the leg is posted.
    static func count(_ leg: RecordedTransaction.Leg, _ phase: LedgerPhase, in work: inout UnitOfWork) throws {
        var row = try counters(of: leg.account, in: work)
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

    private static func counters(of account: Account, in work: borrowing UnitOfWork) throws -> AccountBalance {
        guard let row = try work.find(AccountBalance.self, account.id) else {
            preconditionFailure("\(account.path) has its counters")
        }
        return row
    }

    /// Floors and ceilings, looked at when all legs are counted: what matters is where the accounts stand afterwards.
    static func checkLimits(
        of legs: [RecordedTransaction.Leg], _ phase: LedgerPhase, in work: borrowing UnitOfWork
    ) throws {
        for leg in legs {
            let account = leg.account
            let lowers = leg.side != account.type.normalSide
            guard let limit = lowers ? account.floor : account.ceiling else { continue }
            let balance = try balance(of: account, in: work)
            if lowers {
                let available = balance.available(on: account.type.normalSide)
                guard available >= limit else { throw insufficientFunds(in: account, available, legs, phase, limit) }
            } else if balance.pending(on: account.type.normalSide) > limit {
                throw PostingRejection.ceilingExceeded(account.path, ceiling: limit)
            }
        }
    }

    /// Tells what was available before the legs were counted: that is what the caller can act on.
    private static func insufficientFunds(
        in account: Account, _ remaining: Int64, _ legs: [RecordedTransaction.Leg], _ phase: LedgerPhase, _ floor: Int64
    ) -> PostingRejection {
        var before = Int128(remaining)
        for leg in legs where leg.account.id == account.id {
            if leg.side != account.type.normalSide {
                before += Int128(leg.amount.minorUnits)
            } else if phase != .pending {
                before -= Int128(leg.amount.minorUnits)
            }
        }
        let available = Amount(minorUnits: Int64(clamping: before), currency: account.currency)
        return .insufficientFunds(account.path, available: available, floor: floor)
    }
}
