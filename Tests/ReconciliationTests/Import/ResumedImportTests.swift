import Crypto
import Ledger
import Money
import Storage
import SummaTestKit
import Testing

@testable import Reconciliation

@Suite("An import that was broken off")
struct ResumedImportTests {
    private static let count = 201

    private func day() async throws -> (stage: ReconciliationStage, bytes: [UInt8]) {
        let stage = try await ReconciliationStage()
        for number in 1...Self.count { try await stage.captured(.eur(1_000), "cap_\(number)") }
        let items = try (1...Self.count).map { try SettlementText.Item.charge("cap_\($0)", .eur(1_000)) }
        return (stage, SettlementText(items).bytes)
    }

    @Test("goes on where it stopped when the same file comes again", arguments: [0, 2])
    func resumes(pagesBooked: Int) async throws {
        let (stage, bytes) = try await day()
        try await FollowPayments(database: stage.store.database).catchUp(.first)
        let read = try StatementFormats.read(bytes)
        let intake = StatementIntake(
            format: read.format, content: read.content, hash: Array(SHA256.hash(data: bytes)),
            terms: ReconciliationStage.terms)
        let context = stage.context
        let id = try await stage.store.database.write(.first) { work in
            try intake.perform(context: context, in: &work).statement.id
        }
        for page in StatementPage.pages(of: read.content, bookedCount: 0, lineCount: 100).prefix(pagesBooked) {
            try await stage.store.database.write(.first) { work in
                guard var statement = try work.find(Statement.self, id) else { return }
                try page.book(statement, ReconciliationStage.terms, context: context, in: &work)
                statement.bookedCount = page.end
                work.update(statement)
            }
        }
        let findings = try stage.store.read { try ReconciliationInvariants.findings(in: $0) }
        #expect(findings.contains(.unfinishedStatement(id)))

        let imported = try await stage.take(bytes)
        #expect(imported.isRepeat && imported.statement.id == id && imported.statement.isImported)
        #expect(try stage.count(of: LineBooked.type) == Self.count)
        #expect(try stage.breaks(nil).isEmpty)
        #expect(try stage.posted("provider:sandbox:in_transit:EUR") == Int64(Self.count) * 961)
        try stage.expectSound()
    }

    @Test("has the same pages each time, with the lines of one name together")
    func pages() throws {
        var items = try (1...5).map { try SettlementText.Item.charge("cap_\($0)", .eur(1_000)) }
        items.append(items[0])
        let read = try StatementFormats.read(SettlementText(items).bytes)
        func places(bookedCount: Int64, openingCount: Int64 = 0) -> [Int64] {
            let pages = StatementPage.pages(
                of: read.content, after: openingCount, bookedCount: bookedCount, lineCount: 2)
            return pages.map(\.start) + (pages.last.map { [$0.end] } ?? [])
        }
        #expect(places(bookedCount: 0) == [0, 2, 4, 6])
        // Wherever it stopped, whatever the size of a page was then.
        #expect(places(bookedCount: 2) == [2, 4, 6])
        #expect(places(bookedCount: 3) == [3, 5, 6])
        #expect(places(bookedCount: 6) == [])
        #expect(places(bookedCount: 1, openingCount: 1) == [1, 3, 5, 7])
    }
}
