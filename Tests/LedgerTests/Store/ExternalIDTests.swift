import Ledger
import Money
import Storage
import SummaTestKit
import Testing

@Suite("A ledger transaction's external id")
struct ExternalIDTests {
    private let ledger: TestLedger

    init() throws {
        ledger = try TestLedger()
        try ledger.open("shop:till:EUR", .asset)
        try ledger.open("wallet:1:EUR")
        try ledger.open("wallet:2:EUR")
    }

    private func answer(_ draft: LedgerTransactionDraft) throws -> PostingAnswer {
        let context = ledger.context
        return try ledger.test.write { try PostLedgerTransaction.perform(draft, context: context, in: &$0) }
    }

    @Test("with the same content gives the same answer, counts once and is no second event")
    func same() throws {
        let draft = try ledger.draft(10, debit: "shop:till:EUR", credit: "wallet:1:EUR", externalID: "order-1")
        let first = try answer(draft)
        let before = try ledger.sequence()
        let again = try answer(draft)
        #expect(!first.isRepeat)
        #expect(again.isRepeat)
        #expect(again.transaction == first.transaction)
        #expect(try ledger.sequence() == before)
        #expect(try ledger.balance("wallet:1:EUR") == Balance(0, 10))
    }

    @Test("is the same whichever leg comes first, and whether accounts are named by path or id")
    func sameOtherwiseWritten() throws {
        let first = try answer(
            ledger.draft(10, debit: "shop:till:EUR", credit: "wallet:1:EUR", externalID: "order-1"))
        let till = try ledger.account("shop:till:EUR")
        let wallet = try ledger.account("wallet:1:EUR")
        let swapped = try LedgerTransactionDraft(
            .manual, [Posting(.id(wallet.id), .credit, .eur(10)), Posting(.id(till.id), .debit, .eur(10))],
            authority: .caller, externalID: ExternalID("order-1"))
        #expect(try answer(swapped).transaction == first.transaction)
    }

    @Test("still gives the answer after what it names was reversed, and on another day without a date")
    func later() throws {
        let draft = try ledger.draft(10, debit: "shop:till:EUR", credit: "wallet:1:EUR", externalID: "order-1")
        let first = try answer(draft)
        try ledger.reverse(first.transaction.id)
        ledger.test.clock.advance(by: .days(3))
        #expect(try answer(draft) == PostingAnswer(transaction: first.transaction, isRepeat: true))
    }

    @Test("is free again after a refusal: nothing was recorded under it")
    func refused() throws {
        try ledger.open("wallet:3:EUR", floor: 0)
        let draft = try ledger.draft(10, debit: "wallet:3:EUR", credit: "wallet:1:EUR", externalID: "order-1")
        #expect(throws: PostingRejection.self) { try answer(draft) }
        try ledger.post(10, debit: "shop:till:EUR", credit: "wallet:3:EUR")
        #expect(try !answer(draft).isRepeat)
    }

    @Test(
        "with other content is refused before anything else, naming the first member that differs",
        arguments: [
            ("pending", "pending"), ("reason", "reason"), ("account", "postings[1].account"),
            ("sides", "postings[0].account"), ("amount", "postings[0].amount"), ("date", "booking_date"),
            ("moment", "occurred_at"), ("legs", "postings"),
        ])
    func other(change: String, field: String) throws {
        let id = ExternalID("order-1")
        let first = try answer(
            ledger.draft(10, debit: "shop:till:EUR", credit: "wallet:1:EUR", externalID: "order-1"))
        let draft = try changed(change)
        #expect(draft.externalID == id)
        let rejection = PostingRejection.externalIDReused(
            try #require(id), existing: first.transaction.id, firstDifference: field)
        try expectRefusal(rejection, in: ledger) { try answer(draft) }
    }

    private func changed(_ change: String) throws -> LedgerTransactionDraft {
        func draft(
            _ minorUnits: Int64 = 10, _ credit: String = "wallet:1:EUR", reason: PostingReason = .manual,
            phase: LedgerTransactionDraft.Phase = .posted, booked: BookingDate? = nil, occurredAt: Instant? = nil
        ) throws -> LedgerTransactionDraft {
            try ledger.draft(
                minorUnits, debit: "shop:till:EUR", credit: credit, reason: reason, phase: phase,
                externalID: "order-1", booked: booked, occurredAt: occurredAt)
        }
        switch change {
        case "pending": return try draft(phase: .pending(.reservation))
        case "reason": return try draft(reason: .adjustment)
        case "account": return try draft(10, "wallet:2:EUR")
        case "sides":
            return try ledger.draft(10, debit: "wallet:1:EUR", credit: "shop:till:EUR", externalID: "order-1")
        case "amount": return try draft(11)
        case "date": return try draft(booked: BookingDate(text: "2026-03-30"))
        case "moment": return try draft(occurredAt: Instant(microseconds: 5))
        default:
            return try LedgerTransactionDraft(
                .manual,
                [
                    Posting(.path(ledger.path("shop:till:EUR")), .debit, .eur(10)),
                    Posting(.path(ledger.path("wallet:1:EUR")), .credit, .eur(4)),
                    Posting(.path(ledger.path("wallet:2:EUR")), .credit, .eur(6)),
                ], authority: .caller, externalID: ExternalID("order-1"))
        }
    }

    @Test("tells a hold of another length from the one it names")
    func timeout() throws {
        func draft(seconds: Int64) throws -> LedgerTransactionDraft {
            try ledger.draft(
                10, debit: "wallet:1:EUR", credit: "wallet:2:EUR", phase: .pending(.timed(seconds: seconds)),
                externalID: "hold-1")
        }
        let first = try answer(draft(seconds: 60))
        #expect(try answer(draft(seconds: 60)).transaction == first.transaction)
        let rejection = PostingRejection.externalIDReused(
            try #require(ExternalID("hold-1")), existing: first.transaction.id, firstDifference: "timeout_seconds")
        try expectRefusal(rejection, in: ledger) { try answer(draft(seconds: 61)) }
    }
}
