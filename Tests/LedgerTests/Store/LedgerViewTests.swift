import Ledger
import Money
import Storage
import SummaTestKit
import Testing

/// The textbook schema, as somebody with a SQL prompt sees it.
@Suite("The views")
struct LedgerViewTests {
    private let ledger: TestLedger

    init() throws {
        ledger = try TestLedger()
        try ledger.open("shop:till:EUR", .asset)
        try ledger.open("wallet:1:EUR", owner: "customer-1", floor: -50)
    }

    private func rows(_ sql: String) throws -> [[String]] {
        let count = sql.split(separator: "FROM")[0].split(separator: ",").count
        var rows: [[String]] = []
        try ledger.test.raw().query(sql) { columns in
            rows.append((0..<count).map { _ in columns.value().shown })
        }
        return rows
    }

    @Test("accounts shows posted, pending and available on the normal side")
    func accounts() throws {
        try ledger.post(1_000, debit: "shop:till:EUR", credit: "wallet:1:EUR")
        try ledger.hold(300, debit: "wallet:1:EUR", credit: "shop:till:EUR")
        try ledger.hold(70, debit: "shop:till:EUR", credit: "wallet:1:EUR")
        let shown = try rows(
            """
            SELECT path, type, currency, owner_id, status, normal_direction, posted_minor, pending_minor,
                available_minor, floor_minor, created_at FROM accounts ORDER BY path
            """)
        #expect(
            shown == [
                [
                    "shop:till:EUR", "asset", "EUR", "null", "open", "1", "1000", "770", "700", "null",
                    "2026-03-31T08:00:00.000000Z",
                ],
                [
                    "wallet:1:EUR", "liability", "EUR", "customer-1", "open", "-1", "1000", "770", "700", "-50",
                    "2026-03-31T08:00:00.000001Z",
                ],
            ])
    }

    @Test("entries shows every posted leg with its direction and decimal amount, and no pending one")
    func entries() throws {
        try ledger.open("till:KWD", .asset)
        try ledger.open("till:JPY", .asset)
        try ledger.open("float:KWD")
        try ledger.open("float:JPY")
        let id = try ledger.post(1_005, debit: "shop:till:EUR", credit: "wallet:1:EUR").id.rawValue
        try ledger.post(7, debit: "till:KWD", credit: "float:KWD")
        try ledger.post(7, debit: "till:JPY", credit: "float:JPY")
        let hold = try ledger.hold(50, debit: "wallet:1:EUR", credit: "shop:till:EUR").id
        try ledger.end(hold, .post(minorUnits: 20))
        try ledger.end(hold, .void)
        let entries = try rows(
            """
            SELECT a.path, e.amount_minor, e.amount, e.currency, e.direction FROM entries e
            JOIN accounts a ON a.book = e.book AND a.id = e.account_id ORDER BY e.txn_id, e.id
            """)
        #expect(
            entries == [
                ["shop:till:EUR", "1005", "10.05", "EUR", "1"], ["wallet:1:EUR", "1005", "10.05", "EUR", "-1"],
                ["till:KWD", "7", "0.007", "KWD", "1"], ["float:KWD", "7", "0.007", "KWD", "-1"],
                ["till:JPY", "7", "7", "JPY", "1"], ["float:JPY", "7", "7", "JPY", "-1"],
                ["wallet:1:EUR", "20", "0.20", "EUR", "1"], ["shop:till:EUR", "20", "0.20", "EUR", "-1"],
            ])
        #expect(try rows("SELECT id FROM entries ORDER BY txn_id, id").first == ["\(id):0"])
        #expect(try rows("SELECT CAST(sum(direction * amount_minor) AS BIGINT) FROM entries") == [["0"]])
    }

    @Test("entries add up to the accounts")
    func entriesSum() throws {
        try ledger.post(1_000, debit: "shop:till:EUR", credit: "wallet:1:EUR")
        let id = try ledger.post(300, debit: "wallet:1:EUR", credit: "shop:till:EUR").id
        try ledger.reverse(id, 100)
        let differing = try rows(
            """
            SELECT path FROM accounts a WHERE posted_minor <> (SELECT coalesce(sum(direction * amount_minor), 0)
                FROM entries e WHERE e.book = a.book AND e.account_id = a.id) * normal_direction
            """)
        #expect(differing.isEmpty)
        #expect(try rows("SELECT posted_minor FROM accounts ORDER BY path") == [["800"], ["800"]])
    }

    @Test("pending_entries shows what is left of open holds")
    func pendingEntries() throws {
        try ledger.post(1_000, debit: "shop:till:EUR", credit: "wallet:1:EUR")
        let hold = try ledger.hold(50, debit: "wallet:1:EUR", credit: "shop:till:EUR").id
        try ledger.end(hold, .release(minorUnits: 20))
        let long = try ledger.post(
            LedgerTransactionDraft(
                .manual,
                [
                    Posting(.path(ledger.path("wallet:1:EUR")), .debit, .eur(9)),
                    Posting(.path(ledger.path("shop:till:EUR")), .credit, .eur(4)),
                    Posting(.path(ledger.path("shop:till:EUR")), .credit, .eur(5)),
                ], phase: .pending(.reservation), authority: .caller)
        ).id
        let sql = "SELECT amount_minor, direction FROM pending_entries ORDER BY txn_id, id"
        #expect(try rows(sql) == [["30", "1"], ["30", "-1"], ["9", "1"], ["4", "-1"], ["5", "-1"]])
        try ledger.end(hold, .void)
        try ledger.end(long, .post(minorUnits: nil))
        #expect(try rows(sql) == [])
    }

    @Test("txn derives the state of each ledger transaction, and readers derive the same")
    func states() throws {
        func hold(_ ending: EndHold.Ending?) throws {
            let id = try ledger.hold(10, debit: "shop:till:EUR", credit: "wallet:1:EUR", .timed(seconds: 60)).id
            if let ending { try ledger.end(id, ending) }
        }
        let whole = try ledger.post(10, debit: "shop:till:EUR", credit: "wallet:1:EUR").id
        try ledger.reverse(whole)
        let part = try ledger.post(10, debit: "shop:till:EUR", credit: "wallet:1:EUR").id
        try ledger.reverse(part, 9)
        for ending in [EndHold.Ending.post(minorUnits: nil), .release(minorUnits: 3), .void, nil] { try hold(ending) }
        try hold(.release(minorUnits: nil))
        ledger.test.clock.advance(by: .seconds(61))
        _ = try ExpireHolds(
            database: ledger.test.database, clock: ledger.test.clock, isClockTrusted: { true }, report: { _ in }
        ).step()
        ledger.test.database.runBatch()
        try hold(nil)
        let shown = try rows("SELECT state FROM txn ORDER BY id").map { $0[0] }
        let read = try ledger.test.read { rows in
            try rows.select(LedgerTransaction.self, "1 = 1 ORDER BY id").map {
                try LedgerQueries(rows).transaction($0.id)?.state.rawValue
            }
        }
        #expect(shown == read)
        #expect(Set(shown) == Set(LedgerTransactionState.allCases.map(\.rawValue)))
    }
}

extension ColumnValue {
    fileprivate var shown: String {
        switch self {
        case .null: "null"
        case .integer(let value): "\(value)"
        case .text(let value): value
        case .bytes(let value): "\(value)"
        }
    }
}
