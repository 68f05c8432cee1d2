import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@testable import Reconciliation

@Suite("Recovering what a file names and the books have forgotten")
struct RecoverForgottenTests {
    private let provider = RecallingProvider()

    private func recover(
        _ stage: ReconciliationStage, _ scope: RecoverForgotten.Scope = .page(from: nil), pageCount: Int = 64
    ) async throws -> Recovery {
        try await stage.recovery(by: provider, pageCount: pageCount).run(
            .init(
                book: .first, providerAccount: ReconciliationStage.sandbox, scope: scope, context: stage.context))
    }

    /// Page after page to the end.
    private func recoverAll(_ stage: ReconciliationStage, pageCount: Int) async throws -> [Recovery] {
        var pages = [try await recover(stage, pageCount: pageCount)]
        while let next = pages.last?.next {
            // As it is carried through the API.
            let position = try #require(RecoveryPosition(text: next.text))
            pages.append(try await recover(stage, .page(from: position), pageCount: pageCount))
        }
        return pages
    }

    @Test("explains the line: the payment is there again, and its money leaves suspense")
    func explained() async throws {
        let stage = try await ReconciliationStage()
        provider.knows("auth_1", .eur(1_000), capture: "cap_1", command: 1 << 60, at: stage.store.clock.now)
        try await stage.take([try .charge("cap_1", .eur(1_000))])
        #expect(try stage.onlyBreak().row.kind == .missingHere)
        #expect(try stage.posted("suspense:sandbox:EUR") == 961)

        let first = try await recover(stage)
        #expect(first.counts == [.recovered: 1] && first.unexplainedLineCount == 0)
        #expect(try stage.breaks().isEmpty)
        #expect(try stage.breaks(nil).map(\.row.resolution) == [.found])
        #expect(try stage.posted("suspense:sandbox:EUR") == 0)
        #expect(try stage.posted("provider:sandbox:receivable:EUR") == 0)
        #expect(try stage.posted("merchant:acme:payable:EUR") == 1_000)
        #expect(try stage.payment(PaymentID(rawValue: 1 << 60)).settlement == .full)
        try stage.expectSound()

        #expect(try await recover(stage).counts == [:])
        try stage.expectSound()
    }

    @Test(
        "leaves a line to people that the provider knows nothing of either, and asks once for a payment of many lines")
    func unknown() async throws {
        let stage = try await ReconciliationStage()
        var refund = try SettlementText.Item.charge("rfd_1", .eur(1_000))
        refund.type = "refund"
        refund.gross = .eur(-300)
        refund.fee = .eur(0)
        try await stage.take([try .charge("cap_1", .eur(1_000)), refund])
        let recovery = try await recover(stage)
        #expect(recovery.counts == [.unknownThere: 1] && recovery.unexplainedLineCount == 2)
        #expect(provider.asked == ["auth_1"])
        #expect(try stage.breaks().count == 2)
        try stage.expectSound()
    }

    @Test("asks about the promises the books believe in, and about nothing else when it is told what to ask about")
    func promises() async throws {
        let stage = try await ReconciliationStage()
        let payment = try await stage.captured(.eur(500), "cap_9")
        #expect(try await recover(stage).counts == [:])
        #expect(try await recover(stage, .payments(named("auth_7", "auth_8"))).counts == [.unknownThere: 2])
        #expect(provider.asked.sorted() == ["auth_7", "auth_8"])
        #expect(try stage.payment(payment).status == .captured)
    }

    @Test("refuses a provider account that is not there")
    func noAccount() async throws {
        let stage = try await ReconciliationStage()
        let recovering = try stage.recovery(by: provider)
        await #expect(throws: RequestRejection(.charge, .unknownProviderAccount)) {
            try await recovering.run(
                .init(
                    book: .first, providerAccount: ReconciliationExample.segment("nobody"), scope: .page(from: nil),
                    context: stage.context))
        }
    }

    // MARK: Pages

    @Test(
        "goes through lines page by page, and tells of the next only where there is one",
        arguments: [(1, [1]), (2, [2]), (3, [2, 1]), (4, [2, 2]), (5, [2, 2, 1])])
    func pages(lineCount: Int, counts: [Int]) async throws {
        let stage = try await ReconciliationStage()
        try await take(lineCount, in: stage)
        let pages = try await recoverAll(stage, pageCount: 2)
        #expect(pages.map { $0.count(of: .recovered) } == counts)
        #expect(pages.map(\.unexplainedLineCount) == counts.dropLast().map { _ in nil } + [0])
        #expect(provider.asked.sorted() == (1...lineCount).map { "auth_\($0)" })
        try expectRecovered(lineCount, in: stage)
    }

    @Test("goes on where it was broken off after a page, and doubles nothing")
    func brokenOff() async throws {
        let stage = try await ReconciliationStage()
        try await take(5, in: stage)
        let first = try await recover(stage, pageCount: 2)
        #expect(first.counts == [.recovered: 2] && first.unexplainedLineCount == nil)
        #expect(try stage.breaks().count == 3)
        // Whoever knew where it had come is gone.
        let pages = try await recoverAll(stage, pageCount: 2)
        #expect(pages.map(\.counts) == [[.recovered: 2], [.recovered: 1]])
        #expect(provider.asked.count == 5)
        try expectRecovered(5, in: stage)
    }

    @Test("goes past lines that nobody can explain, and counts them at the end")
    func unexplained() async throws {
        let stage = try await ReconciliationStage()
        try await stage.take(try (1...5).map { try line($0) })
        provider.knows("auth_3", .eur(1_000), capture: "cap_3", command: 3 << 50, at: stage.store.clock.now)
        let pages = try await recoverAll(stage, pageCount: 2)
        #expect(pages.map(\.counts) == [[.unknownThere: 2], [.recovered: 1, .unknownThere: 1], [.unknownThere: 1]])
        #expect(pages.map(\.unexplainedLineCount) == [nil, nil, 4])
        try stage.expectSound()
    }

    @Test(
        "goes through promises, strays and lines with any length of page, and asks about no promise it has just recovered",
        arguments: 1...5)
    func sources(pageCount: Int) async throws {
        let stage = try await ReconciliationStage()
        let promise = try await stage.authorized(.eur(300), "order_1", .manual)
        let stray = try #require(ProviderReference("auth_stray"))
        provider.knows("auth_stray", .eur(700), command: 9 << 50, at: stage.store.clock.now)
        try await stage.record(
            ProviderFact(
                .authorized(.eur(700)), paymentReference: stray, operationReference: nil,
                occurredAt: stage.store.clock.now,
                origin: .notification))
        try await take(2, in: stage)
        let pages = try await recoverAll(stage, pageCount: pageCount)
        #expect(pages.count == [1: 4, 2: 2, 3: 2, 4: 1, 5: 1][pageCount])
        #expect(provider.asked.prefix(2) == ["auth_\(promise)", "auth_stray"] || pageCount > 1)
        #expect(provider.asked.sorted() == ["auth_1", "auth_2", "auth_\(promise)", "auth_stray"])
        #expect(try stage.payment(PaymentID(rawValue: 9 << 50)).status == .authorized)
        #expect(pages.last?.unexplainedLineCount == 0)
        try stage.expectSound()
    }

    @Test(
        "carries its position as a text, and takes no other text for one",
        arguments: [
            "", "line", "line:x", "line:-1", "line:1:2", "lines:1", "line: 1", ":", "line:99999999999999999999",
        ])
    func positions(text: String) {
        #expect(RecoveryPosition(text: text) == nil)
        for source in RecoveryPosition.Source.allCases {
            for position in [RecoveryPosition(source), RecoveryPosition(source, after: .max)] {
                #expect(RecoveryPosition(text: position.text) == position)
            }
        }
    }

    private func named(_ names: String...) -> [ProviderReference] { names.compactMap { ProviderReference($0) } }

    private func line(_ number: Int) throws -> SettlementText.Item {
        var item = try SettlementText.Item.charge("cap_\(number)", .eur(1_000))
        item.payment = "auth_\(number)"
        return item
    }

    /// A file of so many forgotten payments, each known to the provider.
    private func take(_ count: Int, in stage: ReconciliationStage) async throws {
        for number in 1...count {
            provider.knows(
                "auth_\(number)", .eur(1_000), capture: "cap_\(number)", command: Int64(number) << 50,
                at: stage.store.clock.now)
        }
        try await stage.take(try (1...count).map { try line($0) })
        #expect(try stage.breaks().count == count)
    }

    private func expectRecovered(_ count: Int, in stage: ReconciliationStage) throws {
        #expect(try stage.breaks().isEmpty)
        #expect(try stage.posted("suspense:sandbox:EUR") == 0)
        #expect(try stage.posted("merchant:acme:payable:EUR") == Int64(count) * 1_000)
        try stage.expectSound()
    }
}
