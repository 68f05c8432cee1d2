import EventLog
import Ledger
import Money
import Storage
import SummaTestKit
import Testing

@Suite("Reversing a ledger transaction")
struct ReversalTests {
    private let ledger: TestLedger

    init() throws {
        ledger = try TestLedger()
        try ledger.open("shop:till:EUR", .asset)
        try ledger.open("wallet:1:EUR", floor: 0)
    }

    private func state(_ id: LedgerTransactionID) throws -> LedgerTransactionState? {
        try ledger.test.read { try LedgerQueries($0).transaction(id)?.state }
    }

    @Test("swaps every side, names the original, and leaves it posted")
    func whole() throws {
        let original = try ledger.post(500, debit: "shop:till:EUR", credit: "wallet:1:EUR")
        let reversal = try ledger.reverse(original.id)
        #expect(reversal.header.parent == original.id)
        #expect(reversal.legs.map(\.account.path.text) == ["wallet:1:EUR", "shop:till:EUR"])
        #expect(try ledger.balance("wallet:1:EUR") == Balance(500, 500))
        #expect(try ledger.balance("shop:till:EUR") == Balance(500, 500))
        #expect(try state(original.id) == .reversed)
        let event = try #require(try ledger.events().last)
        #expect(event.type == "summa.ledger.transaction.reversed")
        #expect(event.subject == original.id.description)
    }

    @Test("goes in parts up to the original and not one minor unit above")
    func parts() throws {
        let original = try ledger.post(500, debit: "shop:till:EUR", credit: "wallet:1:EUR").id
        try ledger.reverse(original, 200)
        #expect(try state(original) == .partlyReversed)
        try expectRefusal(
            PostingRejection.exceedsOriginal(original, remaining: 300, requested: 301), in: ledger
        ) { try ledger.reverse(original, 301) }
        try ledger.reverse(original, 299)
        #expect(try ledger.reverse(original).legs[0].amount == .eur(1))
        #expect(try state(original) == .reversed)
        try expectRefusal(
            PostingRejection.exceedsOriginal(original, remaining: 0, requested: 500), in: ledger
        ) { try ledger.reverse(original) }
        #expect(try ledger.balance("wallet:1:EUR") == Balance(500, 500))
        #expect(try ledger.isFolded())
    }

    @Test("takes positive amounts only", arguments: [0, -1, Int64.min])
    func positive(minorUnits: Int64) throws {
        let original = try ledger.post(500, debit: "shop:till:EUR", credit: "wallet:1:EUR").id
        try expectRefusal(PostingRejection.amountNotPositive(minorUnits), in: ledger) {
            try ledger.reverse(original, minorUnits)
        }
    }

    @Test("applies to what counts: not to a hold, its release or a reversal, but to a posted hold")
    func reversible() throws {
        try ledger.post(500, debit: "shop:till:EUR", credit: "wallet:1:EUR")
        let hold = try ledger.hold(100, debit: "wallet:1:EUR", credit: "shop:till:EUR").id
        try expectRefusal(PostingRejection.notReversible(hold, .pending), in: ledger) { try ledger.reverse(hold) }
        let release = try ledger.end(hold, .release(minorUnits: 40)).id
        try expectRefusal(PostingRejection.notReversible(release, .holdReleased), in: ledger) {
            try ledger.reverse(release)
        }
        let posted = try ledger.end(hold, .post(minorUnits: nil)).id
        let reversal = try ledger.reverse(posted).id
        try expectRefusal(PostingRejection.notReversible(reversal, .reversal), in: ledger) {
            try ledger.reverse(reversal)
        }
        #expect(try ledger.balance("wallet:1:EUR") == Balance(60, 560))
        let unknown = LedgerTransactionID(rawValue: 1)
        try expectRefusal(PostingRejection.unknownTransaction(unknown), in: ledger) { try ledger.reverse(unknown) }
    }

    @Test("of more than two legs is whole or not at all")
    func manyLegs() throws {
        try ledger.open("wallet:2:EUR")
        let original = try ledger.post(
            LedgerTransactionDraft(
                .manual,
                [
                    Posting(.path(ledger.path("shop:till:EUR")), .debit, .eur(100)),
                    Posting(.path(ledger.path("wallet:1:EUR")), .credit, .eur(60)),
                    Posting(.path(ledger.path("wallet:2:EUR")), .credit, .eur(40)),
                ], authority: .caller)
        ).id
        try expectRefusal(PostingRejection.partNeedsTwoLegs(original), in: ledger) { try ledger.reverse(original, 99) }
        try ledger.reverse(original)
        #expect(try ledger.balance("wallet:2:EUR") == Balance(40, 40))
        #expect(try state(original) == .reversed)
        try expectRefusal(
            PostingRejection.exceedsOriginal(original, remaining: 0, requested: 100), in: ledger
        ) { try ledger.reverse(original) }
    }

    @Test("is bound by floors, freezes and control accounts as any request, and a fact by none")
    func bound() throws {
        let original = try ledger.post(500, debit: "shop:till:EUR", credit: "wallet:1:EUR").id
        try ledger.post(1, debit: "wallet:1:EUR", credit: "shop:till:EUR")
        try expectRefusal(
            PostingRejection.insufficientFunds(ledger.path("wallet:1:EUR"), available: .eur(499), floor: 0), in: ledger
        ) { try ledger.reverse(original) }
        try ledger.change("wallet:1:EUR", .freeze)
        try expectRefusal(PostingRejection.accountFrozen(ledger.path("wallet:1:EUR")), in: ledger) {
            try ledger.reverse(original, 1)
        }
        let fee = try ledger.post(3, debit: "shop:till:EUR", credit: "fees:platform:EUR", as: .request).id
        try expectRefusal(PostingRejection.accountReserved(ledger.path("fees:platform:EUR")), in: ledger) {
            try ledger.reverse(fee)
        }
        try ledger.reverse(original, as: .fact)
        #expect(try ledger.balance("wallet:1:EUR").posted(on: .credit) == -1)
    }

    @Test("keeps the item of each leg, so that the item is closed too")
    func items() throws {
        let receivable = StandardAccount(.providerReceivable, of: PathSegment("sandbox"))
        let payable = StandardAccount(.merchantPayable, of: PathSegment("acme"))
        let item = OpenItem(.payment, 3)
        let capture = try LedgerTransactionDraft(
            .capture, [.debit(receivable, .eur(80), item: item), .credit(payable, .eur(80))], authority: .fact)
        let original = try ledger.fact(capture).recorded
        try ledger.reverse(original.id, 30, as: .fact)
        let account = try ledger.account("provider:sandbox:receivable:EUR")
        func open() throws -> Amount? {
            try ledger.test.read { try LedgerQueries($0).openItem(item, on: account)?.open }
        }
        #expect(try open() == .eur(50))
        try ledger.reverse(original.id, as: .fact)
        #expect(try open() == .eur(0))
        #expect(try ledger.test.read { try LedgerQueries($0).openItems(on: account, limit: 5) } == [])
    }

    @Test("may carry another reason and the dates of the fact that undoes it")
    func reason() throws {
        let original = try ledger.post(500, debit: "shop:till:EUR", credit: "wallet:1:EUR").id
        let day = try #require(BookingDate(text: "2026-03-29"))
        let moment = Instant(microseconds: 1_774_800_000_000_000)
        let context = ledger.context
        let reversal = try ledger.test.write { work in
            var journal = LedgerJournal()
            let reversal = try LedgerStore.reverse(
                original, amount: nil, reason: .captureFailed, authority: .fact, bookingDate: day, occurredAt: moment,
                in: &work, journal: &journal)
            work.append(
                LedgerTransactionReversed(subject: original.description, ledger: LedgerMembers(journal)),
                context: context)
            return reversal
        }
        #expect(reversal.header.reason == .captureFailed)
        #expect(reversal.header.bookingDate == day)
        #expect(reversal.header.occurredAt == moment)
    }
}
