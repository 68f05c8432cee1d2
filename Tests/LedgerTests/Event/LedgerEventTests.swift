import EventLog
import JSON
import Ledger
import Storage
import SummaTestKit
import Testing

@Suite("The ledger's events")
struct LedgerEventTests {
    private let events = PublishedEvents(LedgerEvents.contents)

    @Test("have the bytes they had when they were published", arguments: golden)
    func bytes(type: String, data: String) {
        #expect(events.data(of: type) == "," + data)
    }

    @Test("are all among the published bytes")
    func complete() {
        #expect(events.types == golden.map(\.type).sorted())
    }

    @Test("say of themselves what they write, and read it back", arguments: golden.map(\.type))
    func readBack(type: String) throws {
        #expect(try events.faults(of: type) == [])
    }

    @Test("have a page that says what they say")
    func page() throws {
        #expect(try EventPages.isCurrent(module: "ledger", contents: LedgerEvents.contents))
    }
}

/// What stands in `data` behind the context, for ever.
private let golden: [(type: String, data: String)] = [
    (
        "summa.ledger.account.changed",
        #""path":"wallet:7:EUR","change":"limited","floor":-5000"#
    ),
    (
        "summa.ledger.account.opened",
        #""accounts":[{"id":"acc_34y9r7bw1h001","path":"wallet:7:EUR","type":"liability","exponent":2,"#
            + #""owner_id":"7","floor":0}]"#
    ),
    (
        "summa.ledger.hold.expired",
        #""ledger":[{"id":"ltx_34y9r7bw1h005","phase":"hold_expired","reason":"manual","#
            + #""parent":"ltx_34y9r7bw1h004","booked":"2026-03-31","postings":[{"account":"wallet:7:EUR","#
            + #""debit":1000},{"account":"shop:till:EUR","credit":1000}]}]"#
    ),
    (
        "summa.ledger.hold.placed",
        #""ledger":[{"id":"ltx_34y9r7bw1h004","phase":"pending","reason":"manual","booked":"2026-03-31","#
            + #""expires_at":"2026-04-01T08:22:44.123456Z","hold":"timed","postings":[{"account":"wallet:7:EUR","#
            + #""debit":1000},{"account":"shop:till:EUR","credit":1000}]}]"#
    ),
    (
        "summa.ledger.hold.posted",
        #""ledger":[{"id":"ltx_34y9r7bw1h005","phase":"hold_posted","reason":"manual","#
            + #""parent":"ltx_34y9r7bw1h004","booked":"2026-03-31","postings":[{"account":"wallet:7:EUR","#
            + #""debit":400},{"account":"shop:till:EUR","credit":400}]}]"#
    ),
    (
        "summa.ledger.hold.released",
        #""ledger":[{"id":"ltx_34y9r7bw1h005","phase":"hold_released","reason":"manual","#
            + #""parent":"ltx_34y9r7bw1h004","booked":"2026-03-31","postings":[{"account":"wallet:7:EUR","#
            + #""debit":600},{"account":"shop:till:EUR","credit":600}]}]"#
    ),
    (
        "summa.ledger.hold.voided",
        #""ledger":[{"id":"ltx_34y9r7bw1h005","phase":"hold_voided","reason":"manual","#
            + #""parent":"ltx_34y9r7bw1h004","booked":"2026-03-31","postings":[{"account":"wallet:7:EUR","#
            + #""debit":1000},{"account":"shop:till:EUR","credit":1000}]}]"#
    ),
    (
        "summa.ledger.transaction.posted",
        #""ledger":[{"id":"ltx_34y9r7bw1h002","phase":"posted","reason":"manual","external_id":"order-1007","#
            + #""booked":"2026-03-31","postings":[{"account":"shop:till:EUR","debit":1000},"#
            + #"{"account":"wallet:7:EUR","credit":1000}]}]"#
    ),
    (
        "summa.ledger.transaction.reversed",
        #""ledger":[{"id":"ltx_34y9r7bw1h003","phase":"reversal","reason":"reversal","#
            + #""parent":"ltx_34y9r7bw1h002","booked":"2026-03-31","postings":[{"account":"wallet:7:EUR","#
            + #""debit":250},{"account":"shop:till:EUR","credit":250}]}]"#
    ),
]
