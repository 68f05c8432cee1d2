import Money
import Storage

extension LedgerFold {
    /// What differs between the rows of a snapshot and the events up to it; empty when nothing does.
    package func compare(with rows: Rows) throws -> [LedgerFinding] {
        guard rows.asOf == sequence else {
            return [LedgerFinding(sequence: nil, subject: "ledger", fault: .otherSequence(rows: rows.asOf))]
        }
        var comparison = LedgerComparison(fold: self, rows: rows)
        try comparison.run()
        return comparison.findings
    }
}

/// Holds the rows of one snapshot against what the events add up to, table by table.
private struct LedgerComparison {
    let fold: LedgerFold
    let rows: Rows
    var findings: [LedgerFinding] = []

    mutating func run() throws {
        let accounts = try rows.select(Account.self, "1 = 1 ORDER BY id")
        compareAccounts(accounts)
        for account in accounts { try compareCounters(of: account) }
        try compareItems(of: accounts)
        try compareHolds()
        try compareReversals()
    }

    private mutating func compareAccounts(_ accounts: [Account]) {
        var missing = Set(fold.accounts.keys)
        for account in accounts {
            missing.remove(account.path)
            guard let folded = fold.accounts[account.path], folded.id == account.id else {
                note(account.path.text, .rowUnaccountedFor)
                continue
            }
            let isSame =
                folded.status == account.status && folded.floor == account.floor && folded.ceiling == account.ceiling
                && folded.type == account.type && folded.tracksItems == account.tracksItems
            if !isSame { note(account.path.text, .accountDiffers) }
        }
        for path in missing { note(path.text, .rowMissing) }
    }

    private mutating func compareCounters(of account: Account) throws {
        guard let folded = fold.accounts[account.path] else { return }
        let path = account.path.text
        guard let balance = try rows.find(AccountBalance.self, account.id)?.balance else {
            return note(path, .rowMissing)
        }
        expect(path, "debits_posted", balance.debitsPosted, folded.debits.posted)
        expect(path, "credits_posted", balance.creditsPosted, folded.credits.posted)
        expect(path, "debits_pending", balance.debitsPending, folded.debits.pending)
        expect(path, "credits_pending", balance.creditsPending, folded.credits.pending)
    }

    /// Each item is as the log has it, and the items of an account add up to its counters.
    private mutating func compareItems(of accounts: [Account]) throws {
        var missing = Set(fold.items.keys)
        for account in accounts where account.tracksItems {
            var sum = FoldedItem()
            for row in try rows.select(ItemBalance.self, "account = ?2", [.integer(account.id.rawValue)]) {
                let key = FoldedItem.Key(path: account.path, item: row.item)
                missing.remove(key)
                sum.add(debits: row.debits, credits: row.credits)
                guard let folded = fold.items[key] else {
                    note(key.description, .rowUnaccountedFor)
                    continue
                }
                expect(key.description, "debits_minor", row.debits, folded.debits)
                expect(key.description, "credits_minor", row.credits, folded.credits)
            }
            try compareSum(sum, with: account)
        }
        for key in missing { note(key.description, .rowMissing) }
    }

    private mutating func compareSum(_ sum: FoldedItem, with account: Account) throws {
        guard let balance = try rows.find(AccountBalance.self, account.id)?.balance else { return }
        let (debits, credits) = (Int128(balance.debitsPosted), Int128(balance.creditsPosted))
        if sum.debits != debits {
            note(account.path.text, .itemsDiffer(column: "debits", items: sum.debits, account: debits))
        }
        if sum.credits != credits {
            note(account.path.text, .itemsDiffer(column: "credits", items: sum.credits, account: credits))
        }
    }

    private mutating func compareHolds() throws {
        var missing = Set(fold.holds.keys)
        for row in try rows.select(Hold.self, "1 = 1 ORDER BY id") {
            let id = row.id.description
            missing.remove(row.id)
            guard let folded = fold.holds[row.id] else {
                note(id, .rowUnaccountedFor)
                continue
            }
            expect(id, "remaining_minor", row.remaining, Int128(folded.remaining))
            expect(id, "posted_minor", row.postedMinorUnits, Int128(folded.posted))
            if row.status != folded.status { note(id, .holdStatusDiffers(row: row.status, log: folded.status)) }
        }
        for id in missing { note(id.description, .rowMissing) }
    }

    private mutating func compareReversals() throws {
        var missing = fold.recorded.filter { $0.value.reversed > 0 }
        for row in try rows.select(ReversedAmount.self, "1 = 1 ORDER BY ledger_transaction") {
            let folded = missing.removeValue(forKey: row.transaction)
            expect(row.transaction.description, "reversed", row.minorUnits, Int128(folded?.reversed ?? 0))
        }
        for id in missing.keys { note(id.description, .rowMissing) }
    }

    // MARK: Noting

    private mutating func note(_ subject: String, _ fault: LedgerFinding.Fault) {
        findings.append(LedgerFinding(sequence: nil, subject: subject, fault: fault))
    }

    private mutating func expect(_ subject: String, _ column: String, _ row: Int64, _ log: Int128) {
        if Int128(row) != log { note(subject, .rowDiffers(column: column, row: row, log: log)) }
    }
}

extension FoldedItem.Key: CustomStringConvertible {
    var description: String { "\(path) \(item)" }
}
