import Ledger
import Money
import Storage
import SummaTestKit
import Testing

/// What the database refuses whoever asks: these statements go past our own code.
@Suite("The database itself")
struct LedgerSchemaTests {
    private let ledger: TestLedger
    private let connection: RawConnection

    init() throws {
        ledger = try TestLedger()
        try ledger.open("shop:till:EUR", .asset)
        try ledger.open("wallet:1:EUR")
        try ledger.open("wallet:2:EUR")
        let posted = try ledger.post(10, debit: "shop:till:EUR", credit: "wallet:1:EUR")
        try ledger.reverse(posted.id, 4)
        let hold = try ledger.hold(5, debit: "wallet:1:EUR", credit: "wallet:2:EUR")
        try ledger.end(hold.id, .post(minorUnits: 2))
        let ended = try ledger.hold(5, debit: "wallet:1:EUR", credit: "wallet:2:EUR")
        try ledger.end(ended.id, .void)
        try ledger.post(
            LedgerTransactionDraft(
                .manual,
                [
                    Posting(.path(ledger.path("shop:till:EUR")), .debit, .eur(9)),
                    Posting(.path(ledger.path("wallet:1:EUR")), .credit, .eur(4)),
                    Posting(.path(ledger.path("wallet:2:EUR")), .credit, .eur(5)),
                ], authority: .caller))
        let item = OpenItem(.payment, 1)
        _ = try ledger.fact(
            ledger.draft(
                3, debit: "provider:sandbox:receivable:EUR", credit: "merchant:acme:payable:EUR", reason: .capture,
                as: .fact, item: item))
        connection = try ledger.test.raw()
    }

    private func expectRefused(_ sql: String, _ words: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let fault = #expect(throws: StorageFault.self, sourceLocation: sourceLocation) { try connection.execute(sql) }
        #expect(
            "\(String(describing: fault))".lowercased().contains(words.lowercased()), sourceLocation: sourceLocation)
    }

    @Test(
        "refuses to change or delete a ledger transaction or a posting", arguments: ["ledger_transaction", "posting"])
    func immutable(table: String) {
        expectRefused("UPDATE \(table) SET amount_minor = amount_minor + 1", table)
        expectRefused("DELETE FROM \(table)", table)
    }

    @Test(
        "refuses to delete an account, its counters, a hold, an item or what was reversed",
        arguments: [
            "account", "account_balance", "hold", "item_balance", "reversed_amount",
        ])
    func kept(table: String) {
        expectRefused("DELETE FROM \(table)", "never deleted")
    }

    @Test(
        "refuses a two-legged ledger transaction without both accounts, an amount and a currency",
        arguments: [
            "debit_account", "credit_account", "amount_minor", "currency", "exponent",
        ])
    func twoLegs(column: String) {
        expectRefused(copy(setting: [column: "NULL"]), "CHECK")
    }

    @Test("refuses amounts of nothing and less, and phases there are none of")
    func values() {
        expectRefused(copy(setting: ["amount_minor": "0"]), "CHECK")
        expectRefused(copy(setting: ["amount_minor": "-1"]), "CHECK")
        expectRefused(copy(setting: ["phase": "8"]), "CHECK")
        expectRefused(copy(setting: ["leg_count": "1"]), "CHECK")
    }

    @Test("refuses a longer ledger transaction whose legs are missing, too many, or do not balance in each currency")
    func longer() throws {
        let header = ["leg_count": "3", "debit_account": "NULL", "credit_account": "NULL", "amount_minor": "NULL"]
        expectRefused(copy(setting: header, id: 1), "legs of a ledger transaction are there before it")
        try insertLegs(of: 2, [(1, 10, "EUR"), (-1, 4, "EUR"), (-1, 5, "EUR")])
        expectRefused(copy(setting: header, id: 2), "balance in each currency")
        try insertLegs(of: 3, [(1, 10, "EUR"), (-1, 4, "EUR"), (-1, 6, "USD")])
        expectRefused(copy(setting: header, id: 3), "balance in each currency")
        try insertLegs(of: 4, [(1, 10, "EUR"), (-1, 4, "EUR"), (-1, 5, "EUR"), (-1, 1, "EUR")])
        expectRefused(copy(setting: header, id: 4), "are there before it")
        try insertLegs(of: 5, [(1, 10, "EUR"), (-1, 4, "EUR"), (-1, 6, "EUR")])
        try connection.execute(copy(setting: header, id: 5))
        expectRefused(leg(of: 5, 3, (1, 1, "EUR")), "takes no further leg")
    }

    @Test("sums legs no 64 bits could, and sees one minor unit in them")
    func largeLegs() throws {
        let header = ["leg_count": "4", "debit_account": "NULL", "credit_account": "NULL", "amount_minor": "NULL"]
        let most = Int64.max
        try insertLegs(of: 1, [(1, most, "EUR"), (1, most, "EUR"), (-1, most, "EUR"), (-1, most - 1, "EUR")])
        expectRefused(copy(setting: header, id: 1), "balance in each currency")
        try insertLegs(of: 2, [(1, most, "EUR"), (1, most, "EUR"), (-1, most, "EUR"), (-1, most, "EUR")])
        try connection.execute(copy(setting: header, id: 2))
    }

    @Test("refuses to open an ended hold again, to let a hold grow, or to let what was reversed shrink")
    func holds() {
        expectRefused("UPDATE hold SET status = 'expired' WHERE status = 'voided'", "stays as it ended")
        expectRefused("UPDATE hold SET remaining_minor = remaining_minor + 1 WHERE status = 'open'", "only shrinks")
        expectRefused("UPDATE hold SET posted_minor = posted_minor - 1 WHERE status = 'open'", "only shrinks")
        expectRefused("UPDATE hold SET remaining_minor = 0 WHERE status = 'open'", "CHECK")
        expectRefused("UPDATE hold SET status = 'expired' WHERE status = 'open'", "CHECK")
        expectRefused("UPDATE reversed_amount SET amount_minor = amount_minor - 1", "stays reversed")
    }

    @Test("refuses a counter below zero, and another path, type or currency for an account")
    func accounts() {
        for counter in ["debits_posted", "credits_posted", "debits_pending", "credits_pending"] {
            expectRefused("UPDATE account_balance SET \(counter) = -1", "CHECK")
        }
        expectRefused("UPDATE account SET path = path || 'X'", "keeps its path")
        expectRefused("UPDATE account SET type = 'equity'", "keeps its path")
        expectRefused("UPDATE account SET exponent = 3", "keeps its path")
        expectRefused("UPDATE account SET is_control = 1 - is_control", "keeps its path")
        expectRefused("UPDATE account SET status = 'lost'", "CHECK")
    }

    // MARK: Statements

    /// Inserts a copy of the first two-legged ledger transaction under another id.
    private func copy(setting values: [String: String], id: Int = 1) -> String {
        let columns = LedgerTransaction.table.columns.map(\.name)
        let chosen = columns.map { $0 == "id" ? "\(id)" : values[$0] ?? $0 }
        return """
            INSERT INTO ledger_transaction (book, \(columns.joined(separator: ", ")))
            SELECT book, \(chosen.joined(separator: ", ")) FROM ledger_transaction
            WHERE leg_count = 2 AND external_id IS NULL ORDER BY id LIMIT 1
            """
    }

    private func insertLegs(of id: Int, _ legs: [(side: Int, amount: Int64, currency: String)]) throws {
        for (place, leg) in legs.enumerated() { try connection.execute(self.leg(of: id, place, leg)) }
    }

    private func leg(of id: Int, _ place: Int, _ leg: (side: Int, amount: Int64, currency: String)) -> String {
        """
        INSERT INTO posting (book, ledger_transaction, leg, account, side, amount_minor, currency, exponent)
        VALUES (1, \(id), \(place), 1, \(leg.side), \(leg.amount), '\(leg.currency)', 2)
        """
    }
}
