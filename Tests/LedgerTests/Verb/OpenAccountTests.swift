import EventLog
import Ledger
import Money
import Storage
import SummaTestKit
import Testing

@Suite("Opening and changing accounts")
struct OpenAccountTests {
    private let ledger: TestLedger

    init() throws {
        ledger = try TestLedger()
    }

    @Test("opens an account at zero and tells of it in one event")
    func opens() throws {
        let account = try ledger.open("wallet:1:EUR", owner: "customer-1", floor: -100, ceiling: 5_000)
        #expect(try ledger.account("wallet:1:EUR") == account)
        #expect(try ledger.balance("wallet:1:EUR") == Balance())
        #expect(!account.isControl)
        let event = try #require(try ledger.events().last)
        #expect(event.type == "summa.ledger.account.opened")
        #expect(event.subject == account.id.description)
        #expect(try LedgerMembers(of: event).accounts.first?.floor == -100)
    }

    @Test(
        "answers the same account when the same is asked again, and refuses anything else on its path",
        arguments: [
            "type", "owner_id", "floor", "ceiling",
        ])
    func again(field: String) throws {
        let account = try ledger.open("wallet:1:EUR", owner: "a", floor: 0, ceiling: 10)
        let before = try ledger.sequence()
        #expect(try ledger.open("wallet:1:EUR", owner: "a", floor: 0, ceiling: 10) == account)
        #expect(try ledger.sequence() == before)
        let rejection = AccountRejection.pathTaken(account.path, existing: account.id, firstDifference: field)
        try expectRefusal(rejection, in: ledger) {
            try ledger.open(
                "wallet:1:EUR", field == "type" ? .asset : .liability, owner: field == "owner_id" ? "b" : "a",
                floor: field == "floor" ? 1 : 0, ceiling: field == "ceiling" ? 11 : 10)
        }
    }

    @Test("leaves the standard chart to its postings")
    func reserved() throws {
        let path = try ledger.path("merchant:acme:payable:EUR")
        try expectRefusal(AccountRejection.accountReserved(path), in: ledger) { try ledger.open(path.text) }
        try ledger.open("merchant:acme:deposit:EUR")
    }

    @Test("lets a module above open an account of the chart with the floor of its policy")
    func merchantFloor() throws {
        let draft = try AccountDraft(
            path: ledger.path("merchant:acme:payable:EUR"), type: .liability, currency: .eur, ownerID: "acme",
            floor: -5_000)
        let context = ledger.context
        let account = try ledger.test.write { work in
            var journal = LedgerJournal()
            let account = try LedgerStore.open(draft, in: &work, journal: &journal)
            work.append(
                AccountOpened(subject: account.id.description, ledger: LedgerMembers(journal)), context: context)
            return account
        }
        #expect(account.isControl)
        #expect(account.floor == -5_000)
        #expect(try ledger.account("merchant:acme:payable:EUR") == account)
    }

    @Test("cannot be drafted in another currency than its path's, or with limits that leave no room")
    func drafts() throws {
        let path = try ledger.path("wallet:1:EUR")
        #expect(throws: AccountDraftRejection.currencyOfPath(path, .usd)) {
            try AccountDraft(path: path, type: .asset, currency: .usd)
        }
        #expect(throws: AccountDraftRejection.limitsCrossed(floor: 1, ceiling: 0)) {
            try AccountDraft(path: path, type: .asset, currency: .eur, floor: 1, ceiling: 0)
        }
        #expect(try AccountDraft(path: path, type: .asset, currency: .eur, floor: 1, ceiling: 1).floor == 1)
    }

    // MARK: Changing

    @Test("freezes and unfreezes, once each, and tells of it")
    func freezes() throws {
        let account = try ledger.open("wallet:1:EUR")
        #expect(try ledger.change("wallet:1:EUR", .freeze).status == .frozen)
        let before = try ledger.sequence()
        try ledger.change("wallet:1:EUR", .freeze)
        #expect(try ledger.sequence() == before, "what is so already is no event")
        #expect(try ledger.change("wallet:1:EUR", .unfreeze) == account)
        let told: [AccountChanged] = try ledger.events().suffix(2).map { try $0.content() }
        #expect(told.map(\.change) == [.freeze, .unfreeze])
        #expect(told.map(\.subject) == [account.id.description, account.id.description])
    }

    @Test("closes only at zero with nothing pending, for ever")
    func closes() throws {
        let path = try ledger.open("wallet:1:EUR").path
        try ledger.open("shop:till:EUR", .asset)
        try ledger.post(1, debit: "shop:till:EUR", credit: path.text)
        try expectRefusal(AccountRejection.balanceNotZero(path, posted: 1), in: ledger) {
            try ledger.change(path.text, .close)
        }
        try ledger.post(2, debit: path.text, credit: "shop:till:EUR")
        try expectRefusal(AccountRejection.balanceNotZero(path, posted: -1), in: ledger) {
            try ledger.change(path.text, .close)
        }
        try ledger.post(1, debit: "shop:till:EUR", credit: path.text)
        for draft in [
            try ledger.draft(1, debit: path.text, credit: "shop:till:EUR", phase: .pending(.reservation)),
            try ledger.draft(1, debit: "shop:till:EUR", credit: path.text, phase: .pending(.reservation)),
        ] {
            let hold = try ledger.post(draft)
            try expectRefusal(AccountRejection.holdsPending(path), in: ledger) { try ledger.change(path.text, .close) }
            try ledger.end(hold.id, .void)
        }
        #expect(try ledger.change(path.text, .close).status == .closed)
        for change in [AccountChange.freeze, .unfreeze, .limit(floor: 0, ceiling: nil)] {
            try expectRefusal(AccountRejection.accountClosed(path), in: ledger) { try ledger.change(path.text, change) }
        }
        #expect(try ledger.change(path.text, .close).status == .closed)
        #expect(try ledger.isFolded())
    }

    @Test("gives an account other limits, which bind from then on")
    func limits() throws {
        let path = try ledger.open("wallet:1:EUR").path
        try ledger.open("shop:till:EUR", .asset)
        try ledger.post(10, debit: path.text, credit: "shop:till:EUR")
        try ledger.change(path.text, .limit(floor: 0, ceiling: 100))
        #expect(try ledger.balance(path.text).available(on: .credit) == -10, "it stays where it is")
        #expect(throws: PostingRejection.self) { try ledger.post(1, debit: path.text, credit: "shop:till:EUR") }
        try ledger.change(path.text, .limit(floor: nil, ceiling: nil))
        try ledger.post(1, debit: path.text, credit: "shop:till:EUR")
        try expectRefusal(AccountRejection.limitsCrossed(path, floor: 2, ceiling: 1), in: ledger) {
            try ledger.change(path.text, .limit(floor: 2, ceiling: 1))
        }
    }

    @Test("gives a control account a floor but no ceiling, for mirrors would fill it")
    func controlLimits() throws {
        try ledger.open("shop:till:EUR", .asset)
        try ledger.post(10, debit: "shop:till:EUR", credit: "merchant:acme:payable:EUR", as: .request)
        let path = try ledger.path("merchant:acme:payable:EUR")
        #expect(try ledger.account(path.text).floor == 0)
        try ledger.change(path.text, .limit(floor: -500, ceiling: nil))
        #expect(try ledger.account(path.text).floor == -500)
        try expectRefusal(AccountRejection.ceilingOnControlAccount(path), in: ledger) {
            try ledger.change(path.text, .limit(floor: -500, ceiling: 1))
        }
    }

    @Test("refuses to change what was never opened")
    func unknown() throws {
        let path = try ledger.path("wallet:9:EUR")
        try expectRefusal(AccountRejection.unknownAccount(.path(path)), in: ledger) {
            try ledger.change(path.text, .freeze)
        }
    }
}
