import EventLog
import Ledger
import Money
import Storage
import SummaTestKit
import Testing

@Suite("Asking the ledger")
struct LedgerQueriesTests {
    private let ledger: TestLedger

    init() throws {
        ledger = try TestLedger()
        try ledger.open("shop:till:EUR", .asset)
        try ledger.open("wallet:1:EUR", owner: "customer-1")
        try ledger.open("wallet:2:EUR", owner: "customer-2")
    }

    private func ask<T>(_ body: (LedgerQueries) throws -> T) throws -> T {
        try ledger.test.read { try body(LedgerQueries($0)) }
    }

    @Test("finds an account by path and by id, and nothing where there is none")
    func account() throws {
        let account = try ledger.account("wallet:1:EUR")
        #expect(try ask { try $0.account(.id(account.id)) } == account)
        #expect(try ask { try $0.account(.id(AccountID(rawValue: 1))) } == nil)
        #expect(try ask { try $0.account(.path(ledger.path("wallet:9:EUR"))) } == nil)
    }

    @Test("pages accounts in the order they were opened, all or an owner's")
    func accounts() throws {
        try ledger.open("wallet:1:JPY", owner: "customer-1")
        let first = try ask { try $0.accounts(limit: 3) }
        #expect(first.map(\.path.text) == ["shop:till:EUR", "wallet:1:EUR", "wallet:2:EUR"])
        let rest = try ask { try $0.accounts(after: first.last?.id, limit: 3) }
        #expect(rest.map(\.path.text) == ["wallet:1:JPY"])
        let owned = try ask { try $0.accounts(of: "customer-1", limit: 1) }
        #expect(owned.map(\.path.text) == ["wallet:1:EUR"])
        #expect(
            try ask { try $0.accounts(of: "customer-1", after: owned.last?.id, limit: 5) }.map(\.path.text) == [
                "wallet:1:JPY"
            ])
        #expect(try ask { try $0.accounts(of: "nobody", limit: 5) } == [])
    }

    @Test("says which balance it means, on the normal side, and as of which sequence")
    func balance() throws {
        try ledger.post(1_000, debit: "shop:till:EUR", credit: "wallet:1:EUR")
        try ledger.hold(300, debit: "wallet:1:EUR", credit: "shop:till:EUR")
        let wallet = try ledger.account("wallet:1:EUR")
        let reading = try ask { try $0.balance(of: wallet) }
        #expect(reading.posted == .eur(1_000))
        #expect(reading.pending == .eur(700))
        #expect(reading.available == .eur(700))
        #expect(reading.balance == Balance(0, 1_000, 300, 0))
        let sequence = try ledger.sequence()
        #expect(reading.asOf == sequence)
    }

    @Test("pages an account's posted legs, the latest first, wherever they are kept", arguments: [1, 2, 3, 100])
    func postings(limit: Int) throws {
        try ledger.post(1, debit: "shop:till:EUR", credit: "wallet:1:EUR")
        try ledger.post(2, debit: "wallet:1:EUR", credit: "shop:till:EUR")
        try ledger.post(77, debit: "shop:till:EUR", credit: "wallet:2:EUR")
        try ledger.post(
            LedgerTransactionDraft(
                .manual,
                [
                    Posting(.path(ledger.path("wallet:1:EUR")), .credit, .eur(3)),
                    Posting(.path(ledger.path("shop:till:EUR")), .debit, .eur(7)),
                    Posting(.path(ledger.path("wallet:1:EUR")), .credit, .eur(4)),
                ], authority: .caller))
        let hold = try ledger.hold(8, debit: "shop:till:EUR", credit: "wallet:1:EUR").id
        try ledger.end(hold, .post(minorUnits: 5))
        try ledger.end(hold, .release(minorUnits: 3))
        let id = try ledger.account("wallet:1:EUR").id
        var found: [AccountPosting] = []
        while true {
            let page = try ask { try $0.postings(on: id, before: found.last?.cursor, limit: limit) }
            #expect(page.count <= limit)
            if page.isEmpty { break }
            found += page
        }
        #expect(found.map(\.amount.minorUnits) == [5, 4, 3, 2, 1])
        #expect(found.map(\.side) == [.credit, .credit, .credit, .debit, .credit])
        #expect(found.map(\.leg) == [1, 2, 0, 0, 1])
        #expect(found[0].transaction.parent == hold)
    }

    @Test("shows a ledger transaction whole, by its id or the caller's")
    func transaction() throws {
        let draft = try ledger.draft(5, debit: "shop:till:EUR", credit: "wallet:1:EUR", externalID: "order-1")
        let recorded = try ledger.post(draft)
        try ledger.reverse(recorded.id, 2)
        let reading = try #require(try ask { try $0.transaction(recorded.id) })
        #expect(reading.recorded == recorded)
        #expect(reading.reversedMinorUnits == 2)
        #expect(reading.state == .partlyReversed)
        let externalID = try #require(ExternalID("order-1"))
        #expect(try ask { try $0.transaction(externalID) } == reading)
        #expect(try ask { try $0.transaction(LedgerTransactionID(rawValue: 1)) } == nil)
    }

    @Test("lists what took from a hold, and what reversed a ledger transaction, in order")
    func children() throws {
        let hold = try ledger.hold(10, debit: "shop:till:EUR", credit: "wallet:1:EUR").id
        let part = try ledger.end(hold, .post(minorUnits: 4)).id
        let rest = try ledger.end(hold, .void).id
        let reversal = try ledger.reverse(part).id
        #expect(try ask { try $0.children(of: hold) }.map(\.recorded.id) == [part, rest])
        #expect(try ask { try $0.children(of: hold) }.map(\.state) == [.reversed, .voided])
        #expect(try ask { try $0.children(of: part) }.map(\.recorded.id) == [reversal])
    }

    @Test("lists what is open on an account, the oldest first, with amount and age")
    func openItems() throws {
        func capture(_ payment: Int64, _ minorUnits: Int64, back: Bool = false) throws {
            let accounts = ["provider:sandbox:receivable:EUR", "merchant:acme:payable:EUR"]
            let item = OpenItem(.payment, payment)
            _ = try ledger.fact(
                ledger.draft(
                    minorUnits, debit: accounts[back ? 1 : 0], credit: accounts[back ? 0 : 1], as: .fact,
                    item: back ? nil : item, creditItem: back ? item : nil))
        }
        try capture(9, 100)
        ledger.test.clock.advance(by: .days(1))
        try capture(3, 50)
        try capture(4, 70)
        try capture(3, 50, back: true)
        try capture(4, 90, back: true)
        let account = try ledger.account("provider:sandbox:receivable:EUR")
        let first = try ask { try $0.openItems(on: account, limit: 1) }
        #expect(first.map(\.item) == [OpenItem(.payment, 9)])
        #expect(first.map(\.open) == [.eur(100)])
        let age = first[0].age(at: ledger.test.clock.now)
        #expect(age > .hours(23) && age <= .days(1))
        let rest = try ask { try $0.openItems(on: account, after: first[0], limit: 5) }
        #expect(rest.map(\.item) == [OpenItem(.payment, 4)])
        #expect(rest.map(\.open) == [.eur(-20)])
        #expect(try ask { try $0.openItem(OpenItem(.payment, 3), on: account) }?.open == .eur(0))
    }
}

@Suite("The trial balance")
struct TrialBalanceTests {
    private let ledger: TestLedger

    init() throws {
        ledger = try TestLedger()
        try ledger.open("shop:till:EUR", .asset)
        try ledger.open("wallet:1:EUR")
        try ledger.open("shop:till:JPY", .asset)
        try ledger.open("wallet:1:JPY")
        try ledger.post(1_000, debit: "shop:till:EUR", credit: "wallet:1:EUR")
        try ledger.post(7, debit: "shop:till:JPY", credit: "wallet:1:JPY")
        let id = try ledger.post(300, debit: "wallet:1:EUR", credit: "shop:till:EUR").id
        try ledger.reverse(id, 100)
        let hold = try ledger.hold(50, debit: "wallet:1:EUR", credit: "shop:till:EUR").id
        try ledger.end(hold, .post(minorUnits: 20))
        try ledger.post(
            LedgerTransactionDraft(
                .manual,
                [
                    Posting(.path(ledger.path("shop:till:EUR")), .debit, .eur(6)),
                    Posting(.path(ledger.path("wallet:1:EUR")), .credit, .eur(2)),
                    Posting(.path(ledger.path("wallet:1:EUR")), .credit, .eur(4)),
                ], authority: .caller))
    }

    @Test("adds up the postings of each account and currency, in pages of any size", arguments: [1, 2, 3, 1_000])
    func sums(pageCount: Int) throws {
        let trial = try TrialBalance.read(.first, from: ledger.test.database, pageCount: pageCount)
        #expect(
            trial.lines.map(\.account.path.text) == ["shop:till:EUR", "shop:till:JPY", "wallet:1:EUR", "wallet:1:JPY"])
        #expect(trial.lines.map(\.debits) == [1_106, 7, 320, 0])
        #expect(trial.lines.map(\.credits) == [320, 0, 1_106, 7])
        #expect(trial.lines.map(\.posted) == [786, 7, 786, 7])
        #expect(trial.totals.map(\.currency) == [.eur, .jpy])
        #expect(trial.totals.map(\.debits) == [1_426, 7])
        #expect(trial.totals.map(\.credits) == [1_426, 7])
        #expect(trial.isRight)
        let sequence = try ledger.sequence()
        #expect(trial.asOf == sequence)
    }

    @Test("says which account's counters are not the sum of its postings")
    func counters() throws {
        ledger.test.close()
        try ledger.test.raw().execute(
            """
            UPDATE account_balance SET credits_posted = credits_posted + 1
            WHERE account = (SELECT id FROM account WHERE path = 'wallet:1:EUR')
            """)
        try ledger.test.reopen()
        let trial = try TrialBalance.read(.first, from: ledger.test.database)
        #expect(!trial.isRight)
        let totals = trial.totals
        #expect(totals.count == 2 && totals[0].isBalanced && totals[1].isBalanced)
        #expect(trial.lines.filter { !$0.agrees }.map(\.account.path.text) == ["wallet:1:EUR"])
    }

    @Test("holds sums no 64 bits do")
    func large() throws {
        try ledger.open("pool:EUR", .asset)
        try ledger.open("pool:2:EUR", .asset)
        try ledger.open("grant:EUR")
        try ledger.open("grant:2:EUR")
        try ledger.post(.max, debit: "pool:EUR", credit: "grant:EUR")
        try ledger.post(.max, debit: "pool:2:EUR", credit: "grant:2:EUR")
        let trial = try TrialBalance.read(.first, from: ledger.test.database)
        #expect(trial.totals[0].debits == 2 * Int128(Int64.max) + 1_426)
        #expect(trial.isRight)
    }
}
