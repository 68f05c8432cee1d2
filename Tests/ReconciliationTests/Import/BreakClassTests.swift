import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@testable import Reconciliation

/// Each class of break does at once what the table of breaks says, and no more.
@Suite("A line that does not agree")
struct BreakClassTests {
    private static let receivable = "provider:sandbox:receivable:EUR"
    private static let inTransit = "provider:sandbox:in_transit:EUR"
    private static let suspense = "suspense:sandbox:EUR"

    @Test("missing here: goes to suspense so that the batch adds up, and nothing else moves")
    func missingHere() async throws {
        let stage = try await ReconciliationStage()
        try await stage.take([try .charge("cap_stranger", .eur(1_000))])
        let broken = try stage.onlyBreak()
        #expect(broken.row.kind == .missingHere && broken.row.openAmount == .eur(961))
        #expect(try stage.posted(Self.suspense) == 961)
        #expect(try stage.posted(Self.inTransit) == 961)
        #expect(try stage.posted("fees:provider:sandbox:EUR") == 0)
        #expect(broken.proposable.isEmpty)
        try stage.expectSound()
    }

    @Test("missing here: is cleared out of suspense when the movement is found")
    func foundLater() async throws {
        let stage = try await ReconciliationStage()
        try await stage.take([try .charge("cap_1", .eur(1_000))])
        let id = try await stage.captured(.eur(1_000), "cap_1")
        try await FollowPayments(database: stage.store.database).catchUp(.first)
        #expect(try stage.breaks().isEmpty)
        #expect(try stage.breaks(.resolved).map(\.row.resolution) == [.found])
        #expect(try stage.posted(Self.suspense) == 0)
        #expect(try stage.posted(Self.receivable) == 0)
        #expect(try stage.posted("fees:provider:sandbox:EUR") == 39)
        #expect(try stage.payment(id).settlement == .full)
        try stage.expectSound()
    }

    @Test("missing there: books nothing, ages, and is cleared by the next file")
    func missingThere() async throws {
        let stage = try await ReconciliationStage()
        let id = try await stage.captured(.eur(1_000), "cap_1")
        try await stage.captured(.eur(500), "cap_2")
        try await stage.take([try .charge("cap_2", .eur(500))])
        let broken = try stage.onlyBreak()
        #expect(broken.row.kind == .missingThere && broken.row.facts.payment == id)
        #expect(broken.row.openAmount == .eur(1_000) && broken.ageDays == 0)
        #expect(try stage.posted(Self.receivable) == 1_000)
        stage.store.clock.advance(by: .hours(48))
        #expect(try stage.onlyBreak().ageDays == 2)

        var next = SettlementText([try .charge("cap_1", .eur(1_000))])
        (next.name, next.date) = ("stl_2", "2026-04-01")
        try await stage.take(next.bytes)
        #expect(try stage.breaks().isEmpty)
        #expect(try stage.breaks(.resolved).map(\.row.resolution) == [.laterLine])
        #expect(try stage.posted(Self.receivable) == 0)
        try stage.expectSound()
    }

    @Test("missing there: does not take what happened after the file was closed")
    func notDue() async throws {
        let stage = try await ReconciliationStage()
        try await stage.captured(.eur(500), "cap_1")
        stage.store.clock.advance(by: .hours(2))
        try await stage.captured(.eur(700), "cap_2")
        var text = SettlementText([try .charge("cap_1", .eur(500))])
        text.coversUntil = "2026-03-31T09:00:00.000000Z"
        try await stage.take(text.bytes)
        #expect(try stage.breaks(nil).isEmpty)
        try stage.expectSound()
    }

    @Test("amount differs: settles the file's amount and leaves the rest open on the item; a later line brings it")
    func amountDiffers() async throws {
        let stage = try await ReconciliationStage()
        let id = try await stage.captured(.eur(1_000), "cap_1")
        let item = OpenItem(.payment, id.rawValue)
        try await stage.take([.init(reference: "cap_1", gross: .eur(600), fee: .eur(33))])
        let broken = try stage.onlyBreak()
        #expect(broken.row.kind == .amountDiffers && broken.row.openAmount == .eur(400))
        #expect(try stage.open(item, on: Self.receivable) == 400)
        #expect(try stage.payment(id).settlement == .partial)
        try stage.expectSound()

        try await stage.take([.init(reference: "cap_1", gross: .eur(400), fee: .eur(6))], name: "stl_2")
        #expect(try stage.breaks().isEmpty)
        #expect(try stage.open(item, on: Self.receivable) == 0)
        #expect(try stage.payment(id).settlement == .full)
        try stage.expectSound()
    }

    @Test("currency differs: goes to suspense in the file's currency, and the claim stays")
    func currencyDiffers() async throws {
        let stage = try await ReconciliationStage()
        let id = try await stage.captured(.eur(1_000), "cap_1")
        try await stage.take([.init(reference: "cap_1", gross: .usd(1_000), fee: .usd(39))])
        let broken = try stage.onlyBreak()
        #expect(broken.row.kind == .currencyDiffers && broken.row.openAmount == .usd(961))
        #expect(try stage.posted("suspense:sandbox:USD") == 961)
        #expect(try stage.posted("provider:sandbox:in_transit:USD") == 961)
        #expect(try stage.posted(Self.receivable) == 1_000)
        #expect(try stage.payment(id).settlement == .none)
        #expect(broken.proposable.isEmpty)
        try stage.expectSound()
    }

    @Test("duplicate line: the second of two equal lines goes to suspense, until the provider takes it back")
    func duplicateLine() async throws {
        let stage = try await ReconciliationStage()
        let id = try await stage.captured(.eur(1_000), "cap_1")
        let line = try SettlementText.Item.charge("cap_1", .eur(1_000))
        try await stage.take([line, line])
        let broken = try stage.onlyBreak()
        #expect(broken.row.kind == .duplicateLine && broken.row.openAmount == .eur(961))
        #expect(try stage.posted(Self.suspense) == 961)
        #expect(try stage.posted(Self.receivable) == 0)
        #expect(try stage.posted("merchant:acme:payable:EUR") == 1_000)
        #expect(try stage.payment(id).amounts.settled == .eur(1_000))
        #expect(broken.proposable.isEmpty)
        try stage.expectSound()

        try await stage.take([.init(reference: "cap_1", gross: .eur(-1_000), fee: .eur(-39))], name: "stl_2")
        #expect(try stage.breaks().isEmpty)
        #expect(try stage.posted(Self.suspense) == 0)
        try stage.expectSound()
    }

    @Test("currency differs: a file that takes the line back and tells the right one settles the claim")
    func currencyCorrected() async throws {
        let stage = try await ReconciliationStage()
        let id = try await stage.captured(.eur(1_000), "cap_1")
        try await stage.take([.init(reference: "cap_1", gross: .usd(1_000), fee: .usd(39))])
        try await stage.take(
            [
                .init(reference: "cap_1", gross: .usd(-1_000), fee: .usd(-39)),
                try .charge("cap_1", .eur(1_000)),
            ], name: "stl_2")
        #expect(try stage.breaks().isEmpty)
        #expect(try stage.posted("suspense:sandbox:USD") == 0)
        #expect(try stage.posted(Self.receivable) == 0)
        #expect(try stage.payment(id).settlement == .full)
        try stage.expectSound()
    }

    @Test("fee differs: expenses the actual fee, and leaves nothing open")
    func feeDiffers() async throws {
        let stage = try await ReconciliationStage()
        try await stage.captured(.eur(1_000), "cap_1")
        try await stage.take([.init(reference: "cap_1", gross: .eur(1_000), fee: .eur(45))])
        let broken = try stage.onlyBreak()
        #expect(broken.row.kind == .feeDiffers && broken.row.openAmount == nil)
        #expect(broken.row.facts.expected?.fee == .eur(39) && broken.row.facts.found?.fee == .eur(45))
        #expect(try stage.posted("fees:provider:sandbox:EUR") == 45)
        #expect(try stage.posted(Self.receivable) == 0)
        #expect(try stage.posted("merchant:acme:payable:EUR") == 1_000)
        try stage.expectSound()

        let accept = AcceptBreak(database: stage.store.database)
        let command = AcceptBreak.Command(book: .first, break: broken.row.id, context: stage.context)
        #expect(try await accept.run(command).resolution == .accepted)
        let before = try stage.events().count
        #expect(try await accept.run(command).resolution == .accepted)
        #expect(try stage.events().count == before)
        try stage.expectSound()
    }

    @Test("is not accepted as it is while money stands open because of it")
    func notAccepted() async throws {
        let stage = try await ReconciliationStage()
        try await stage.take([try .charge("cap_stranger", .eur(1_000))])
        let broken = try stage.onlyBreak().row.id
        await #expect(throws: AdjustmentRejection.stillOpen(.eur(961))) {
            try await AcceptBreak(database: stage.store.database).run(
                .init(book: .first, break: broken, context: stage.context))
        }
        #expect(try stage.breaks().count == 1)
    }
}
