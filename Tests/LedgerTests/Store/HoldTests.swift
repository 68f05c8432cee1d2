import EventLog
import Ledger
import Money
import Storage
import SummaTestKit
import Testing

@Suite("A hold")
struct HoldTests {
    private let ledger: TestLedger

    init() throws {
        ledger = try TestLedger()
        try ledger.open("shop:till:EUR", .asset)
        try ledger.open("wallet:1:EUR", floor: 0)
        try ledger.post(1_000, debit: "shop:till:EUR", credit: "wallet:1:EUR")
    }

    private func place(_ minorUnits: Int64 = 600, _ kind: HoldKind = .reservation) throws -> LedgerTransactionID {
        try ledger.hold(minorUnits, debit: "wallet:1:EUR", credit: "shop:till:EUR", kind).id
    }

    @Test("is posted whole: what was pending counts, and it has ended")
    func postedWhole() throws {
        let id = try place()
        #expect(try ledger.balance("wallet:1:EUR") == Balance(0, 1_000, 600, 0))
        let posted = try ledger.end(id, .post(minorUnits: nil))
        #expect(posted.header.parent == id)
        #expect(posted.header.phase == .holdPosted)
        #expect(try ledger.balance("wallet:1:EUR") == Balance(600, 1_000))
        #expect(try ledger.balance("shop:till:EUR") == Balance(1_000, 600))
        #expect(try ledger.hold(id).status == .posted)
        #expect(try ledger.events().suffix(2).map(\.type) == ["summa.ledger.hold.placed", "summa.ledger.hold.posted"])
        #expect(try ledger.events().suffix(2).map(\.subject) == [id.description, id.description])
    }

    @Test(
        "is posted and released in parts until nothing is left",
        arguments: [
            (posted: Int64(599), released: Int64(1)), (1, 599), (250, 350),
        ])
    func parts(posted: Int64, released: Int64) throws {
        let id = try place()
        try ledger.end(id, .post(minorUnits: posted))
        #expect(try ledger.hold(id).isOpen)
        #expect(try ledger.hold(id).remaining == released)
        #expect(try ledger.balance("wallet:1:EUR") == Balance(posted, 1_000, released, 0))
        try ledger.end(id, .release(minorUnits: released))
        #expect(try ledger.hold(id).status == .posted)
        #expect(try ledger.hold(id).postedMinorUnits == posted)
        #expect(try ledger.balance("wallet:1:EUR") == Balance(posted, 1_000))
        #expect(try ledger.isFolded())
    }

    @Test(
        "that is released whole or voided has moved nothing",
        arguments: [EndHold.Ending.release(minorUnits: nil), .void])
    func givenBack(ending: EndHold.Ending) throws {
        let id = try place()
        try ledger.end(id, ending)
        #expect(try ledger.hold(id).status == .voided)
        #expect(try ledger.balance("wallet:1:EUR") == Balance(0, 1_000))
        #expect(try ledger.balance("shop:till:EUR") == Balance(1_000, 0))
    }

    @Test("of which part was posted gives back the rest when it is voided, and stays posted")
    func voidedRest() throws {
        let id = try place()
        try ledger.end(id, .post(minorUnits: 200))
        let voided = try ledger.end(id, .void)
        #expect(voided.legs[0].amount == .eur(400))
        #expect(try ledger.hold(id).status == .posted)
        #expect(try ledger.balance("wallet:1:EUR") == Balance(200, 1_000))
    }

    @Test("gives no more than it has left, nor nothing, nor less", arguments: [Int64(401), .max, 0, -1, .min])
    func tooMuch(minorUnits: Int64) throws {
        let id = try place()
        try ledger.end(id, .post(minorUnits: 200))
        let rejection: PostingRejection =
            minorUnits > 0
            ? .exceedsHold(id, remaining: 400, requested: minorUnits) : .amountNotPositive(minorUnits)
        try expectRefusal(rejection, in: ledger) { try ledger.end(id, .post(minorUnits: minorUnits)) }
        try expectRefusal(rejection, in: ledger) { try ledger.end(id, .release(minorUnits: minorUnits)) }
        try ledger.end(id, .post(minorUnits: 400))
    }

    @Test("ends once", arguments: [EndHold.Ending.post(minorUnits: nil), .release(minorUnits: nil), .void])
    func endsOnce(ending: EndHold.Ending) throws {
        let id = try place()
        try ledger.end(id, ending)
        let status = try ledger.hold(id).status
        for again in [EndHold.Ending.post(minorUnits: 1), .release(minorUnits: 1), .void] {
            try expectRefusal(PostingRejection.holdEnded(id, status), in: ledger) { try ledger.end(id, again) }
        }
    }

    @Test("is what is ended: nothing unknown, and nothing that was posted at once")
    func notAHold() throws {
        let unknown = LedgerTransactionID(rawValue: 7)
        try expectRefusal(PostingRejection.unknownTransaction(unknown), in: ledger) { try ledger.end(unknown, .void) }
        let posted = try ledger.post(1, debit: "shop:till:EUR", credit: "wallet:1:EUR").id
        try expectRefusal(PostingRejection.notAHold(posted), in: ledger) { try ledger.end(posted, .void) }
    }

    @Test(
        "on a control account is not a caller's to end, in any way",
        arguments: [
            EndHold.Ending.post(minorUnits: nil), .release(minorUnits: 1), .void,
        ])
    func reserved(ending: EndHold.Ending) throws {
        let id = try ledger.hold(5, debit: "wallet:1:EUR", credit: "income:other:EUR", as: .request).id
        let rejection = PostingRejection.accountReserved(try ledger.path("income:other:EUR"))
        try expectRefusal(rejection, in: ledger) { try ledger.end(id, ending) }
        try ledger.end(id, ending, as: .request)
    }

    @Test("on a frozen account may be given back by a request but not posted, and posted by a fact")
    func frozen() throws {
        let first = try place(10)
        let second = try place(10)
        try ledger.change("wallet:1:EUR", .freeze)
        try expectRefusal(PostingRejection.accountFrozen(ledger.path("wallet:1:EUR")), in: ledger) {
            try ledger.end(first, .post(minorUnits: nil))
        }
        try ledger.end(first, .release(minorUnits: nil))
        try ledger.end(second, .post(minorUnits: nil), as: .fact)
        #expect(try ledger.balance("wallet:1:EUR") == Balance(10, 1_000))
    }

    @Test("of more than two legs is ended whole or not at all")
    func manyLegs() throws {
        try ledger.open("wallet:2:EUR")
        let draft = try LedgerTransactionDraft(
            .manual,
            [
                Posting(.path(ledger.path("wallet:1:EUR")), .debit, .eur(100)),
                Posting(.path(ledger.path("wallet:2:EUR")), .credit, .eur(60)),
                Posting(.path(ledger.path("shop:till:EUR")), .credit, .eur(40)),
            ], phase: .pending(.reservation), authority: .caller)
        let id = try ledger.post(draft).id
        try expectRefusal(PostingRejection.partNeedsTwoLegs(id), in: ledger) {
            try ledger.end(id, .post(minorUnits: 99))
        }
        try ledger.end(id, .post(minorUnits: nil))
        #expect(try ledger.balance("wallet:2:EUR") == Balance(0, 60))
        #expect(try ledger.hold(id).status == .posted)
        #expect(try ledger.isFolded())
    }

    @Test("of an item counts for the item only when it is posted")
    func item() throws {
        let receivable = StandardAccount(.providerReceivable, of: PathSegment("sandbox"))
        let payable = StandardAccount(.merchantPayable, of: PathSegment("acme"))
        let item = OpenItem(.payment, 3)
        let draft = try LedgerTransactionDraft(
            .authorization, [.debit(receivable, .eur(80), item: item), .credit(payable, .eur(80))],
            phase: .pending(.mirror), authority: .request)
        let id = try ledger.post(draft).id
        let account = try ledger.account("provider:sandbox:receivable:EUR")
        #expect(try ledger.test.read { try LedgerQueries($0).openItem(item, on: account) } == nil)
        try ledger.end(id, .post(minorUnits: 30), as: .fact)
        #expect(try ledger.test.read { try LedgerQueries($0).openItem(item, on: account) }?.open == .eur(30))
        try ledger.end(id, .release(minorUnits: nil), as: .fact)
        #expect(try ledger.test.read { try LedgerQueries($0).openItem(item, on: account) }?.open == .eur(30))
    }
}
