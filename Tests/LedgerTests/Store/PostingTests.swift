import EventLog
import Ledger
import Money
import Storage
import SummaTestKit
import Testing

@Suite("Posting a ledger transaction")
struct PostingTests {
    private let ledger: TestLedger

    init() throws {
        ledger = try TestLedger()
        try ledger.open("shop:till:EUR", .asset)
        try ledger.open("wallet:1:EUR")
        try ledger.open("wallet:2:EUR")
    }

    @Test("moves the posted counters of both accounts and nothing else")
    func counters() throws {
        try ledger.post(1_000, debit: "shop:till:EUR", credit: "wallet:1:EUR")
        #expect(try ledger.balance("shop:till:EUR") == Balance(1_000, 0))
        #expect(try ledger.balance("wallet:1:EUR") == Balance(0, 1_000))
        #expect(try ledger.balance("wallet:2:EUR") == Balance(0, 0))
    }

    @Test("is told in one event, with its postings, its actor and no balance")
    func event() throws {
        let recorded = try ledger.post(1_000, debit: "shop:till:EUR", credit: "wallet:1:EUR")
        let event = try #require(try ledger.events().last)
        #expect(event.type == "summa.ledger.transaction.posted")
        #expect(event.subject == recorded.id.description)
        #expect(event.id.sequence == recorded.header.sequence)
        #expect(event.time == recorded.header.recordedAt)
        #expect(try event.context().actor == "key:test")
        let told = try #require(try LedgerMembers(of: event).transactions.first)
        #expect(told.postings.map(\.account.text) == ["shop:till:EUR", "wallet:1:EUR"])
        #expect(told.postings.map(\.side) == [.debit, .credit])
        #expect(told.postings.map(\.minorUnits) == [1_000, 1_000])
        #expect(!String(decoding: event.bytes, as: UTF8.self).contains("balance"))
    }

    @Test("records the debit first whichever way round it was asked")
    func order() throws {
        let draft = try LedgerTransactionDraft(
            .manual,
            [
                Posting(.path(ledger.path("wallet:1:EUR")), .credit, .eur(5)),
                Posting(.path(ledger.path("shop:till:EUR")), .debit, .eur(5)),
            ], authority: .caller)
        #expect(try ledger.post(draft).legs.map(\.account.path.text) == ["shop:till:EUR", "wallet:1:EUR"])
        #expect(try ledger.balance("shop:till:EUR") == Balance(5, 0))
    }

    @Test("keeps the legs of a longer one in their order, in two currencies")
    func manyLegs() throws {
        try ledger.open("shop:till:JPY", .asset)
        try ledger.open("wallet:1:JPY")
        let legs: [(String, Side, Amount)] = [
            ("shop:till:EUR", .debit, .eur(100)), ("wallet:1:EUR", .credit, .eur(70)),
            ("wallet:2:EUR", .credit, .eur(30)), ("wallet:1:JPY", .credit, .jpy(9)), ("shop:till:JPY", .debit, .jpy(9)),
        ]
        let draft = try LedgerTransactionDraft(
            .manual, legs.map { Posting(.path(try ledger.path($0.0)), $0.1, $0.2) }, authority: .caller)
        let id = try ledger.post(draft).id
        let reading = try #require(try ledger.test.read { try LedgerQueries($0).transaction(id) })
        #expect(reading.recorded.legs.map(\.account.path.text) == legs.map(\.0))
        #expect(reading.recorded.legs.map(\.side) == legs.map(\.1))
        #expect(reading.recorded.legs.map(\.amount) == legs.map(\.2))
        #expect(try ledger.balance("wallet:2:EUR") == Balance(0, 30))
        #expect(try ledger.balance("shop:till:JPY") == Balance(9, 0))
        #expect(try ledger.isFolded())
    }

    @Test("names an account by its id as well as by its path")
    func byID() throws {
        let till = try ledger.account("shop:till:EUR")
        let wallet = try ledger.account("wallet:1:EUR")
        try ledger.post(
            LedgerTransactionDraft(
                .manual, [Posting(.id(till.id), .debit, .eur(3)), Posting(.id(wallet.id), .credit, .eur(3))],
                authority: .caller))
        #expect(try ledger.balance("wallet:1:EUR") == Balance(0, 3))
    }

    @Test("is booked on today's business day unless another is said")
    func dates() throws {
        let today = try ledger.post(1, debit: "shop:till:EUR", credit: "wallet:1:EUR").header
        #expect(today.bookingDate == BookingDate(of: ManualClock.morning))
        #expect(today.valueDate == today.bookingDate)
        let day = try #require(BookingDate(text: "2026-03-28"))
        let draft = try ledger.draft(1, debit: "shop:till:EUR", credit: "wallet:1:EUR", booked: day)
        let dated = try ledger.post(draft).header
        #expect(dated.bookingDate == day)
        #expect(dated.valueDate == day)
        #expect(dated.recordedAt > today.recordedAt)
    }

    // MARK: Refusals, in the order of the checks

    @Test("refuses an account that was never opened, and opens none for a caller")
    func unknownAccount() throws {
        try expectRefusal(
            PostingRejection.unknownAccount(.path(ledger.path("wallet:9:EUR"))), in: ledger
        ) { try ledger.post(1, debit: "shop:till:EUR", credit: "wallet:9:EUR") }
        try expectRefusal(
            PostingRejection.unknownAccount(.path(ledger.path("fees:platform:EUR"))), in: ledger
        ) { try ledger.post(1, debit: "shop:till:EUR", credit: "fees:platform:EUR") }
    }

    @Test("refuses a caller the standard chart, and lets a posting rule write it and open it")
    func reserved() throws {
        try ledger.post(10, debit: "shop:till:EUR", credit: "fees:platform:EUR", as: .request)
        let fees = try ledger.account("fees:platform:EUR")
        #expect(fees.isControl)
        #expect(fees.type == .revenue)
        try expectRefusal(PostingRejection.accountReserved(fees.path), in: ledger) {
            try ledger.post(1, debit: "shop:till:EUR", credit: "fees:platform:EUR")
        }
        #expect(try ledger.balance("fees:platform:EUR") == Balance(0, 10))
    }

    @Test("opens the accounts of the chart with their owner, in the event of the posting that needed them")
    func opensChart() throws {
        let receivable = StandardAccount(.providerReceivable, of: PathSegment("sandbox"))
        let costs = StandardAccount(.providerFees, of: PathSegment("sandbox"))
        let item = OpenItem(.payment, 7)
        let draft = try LedgerTransactionDraft(
            .providerFee, [.debit(costs, .eur(30)), .credit(receivable, .eur(30), item: item)], authority: .fact)
        _ = try ledger.fact(draft)
        #expect(try ledger.account("provider:sandbox:receivable:EUR").ownerID == "sandbox")
        #expect(try ledger.account("fees:provider:sandbox:EUR").ownerID == "sandbox")
        let members = try LedgerMembers(of: #require(try ledger.events().last))
        #expect(members.accounts.map(\.path.text) == ["fees:provider:sandbox:EUR", "provider:sandbox:receivable:EUR"])
        #expect(members.transactions.first?.postings.map(\.item) == [nil, item])
        #expect(try ledger.isFolded())
    }

    @Test("refuses a closed account before a frozen one, whatever else is wrong with it")
    func statusOrder() throws {
        try ledger.open("wallet:3:EUR", floor: 0)
        try ledger.change("wallet:3:EUR", .freeze)
        try expectRefusal(PostingRejection.accountFrozen(ledger.path("wallet:3:EUR")), in: ledger) {
            try ledger.post(1, debit: "wallet:3:EUR", credit: "shop:till:EUR")
        }
        try ledger.change("wallet:3:EUR", .close)
        try expectRefusal(PostingRejection.accountClosed(ledger.path("wallet:3:EUR")), in: ledger) {
            try ledger.post(1, debit: "wallet:3:EUR", credit: "shop:till:EUR")
        }
    }

    @Test("refuses what a counter cannot hold, naming the account, and takes the last unit it can")
    func overflow() throws {
        try ledger.open("pool:EUR", .asset)
        try ledger.post(.max - 1, debit: "shop:till:EUR", credit: "wallet:1:EUR")
        try ledger.post(1, debit: "shop:till:EUR", credit: "wallet:2:EUR")
        #expect(try ledger.balance("shop:till:EUR") == Balance(.max, 0))
        try expectRefusal(PostingRejection.balanceOverflow(ledger.path("shop:till:EUR")), in: ledger) {
            try ledger.post(1, debit: "shop:till:EUR", credit: "wallet:2:EUR")
        }
        try expectRefusal(PostingRejection.balanceOverflow(ledger.path("shop:till:EUR")), in: ledger) {
            try ledger.hold(1, debit: "shop:till:EUR", credit: "wallet:2:EUR")
        }
        try ledger.post(.max, debit: "pool:EUR", credit: "shop:till:EUR")
        #expect(try ledger.balance("shop:till:EUR") == Balance(.max, .max))
    }

    @Test("lets a body ask where an account stands after what it has just posted")
    func conditions() throws {
        let draft = try ledger.draft(40, debit: "shop:till:EUR", credit: "wallet:1:EUR")
        let context = ledger.context
        let posted = try ledger.test.write { work in
            let answer = try PostLedgerTransaction.perform(draft, context: context, in: &work)
            return try LedgerStore.balance(of: answer.transaction.legs[1].account, in: work).posted(on: .credit)
        }
        #expect(posted == 40)
    }
}
