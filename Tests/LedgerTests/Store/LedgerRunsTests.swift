import Ledger
import Money
import Storage
import SummaTestKit
import Testing

@Suite("The ledger's keys in runs")
struct LedgerRunsTests {
    private let paths = ["shop:till:EUR", "wallet:1:EUR", "wallet:2:EUR", "wallet:3:EUR"]

    private func opened(rowsPerRun: Int) throws -> TestLedger {
        let ledger = try TestLedger(rowsPerRun: rowsPerRun)
        try ledger.open(paths[0], .asset)
        for path in paths[1...] { try ledger.open(path) }
        return ledger
    }

    @Test(
        "find every posting of an account, page by page, whatever stands in runs by then",
        arguments: SeededGenerator.seeds(6), [2, 5])
    func pages(seed: UInt64, rowsPerRun: Int) throws {
        var random = SeededGenerator(seed: seed)
        let ledger = try opened(rowsPerRun: rowsPerRun)
        for step in Int64(1)...40 {
            let first = Int(random.next() % 4)
            let second = (first + 1 + Int(random.next() % 3)) % 4
            switch random.next() % 6 {
            case 0: try ledger.hold(step, debit: paths[first], credit: paths[second])
            case 1: try postLong(step, paths[first], paths[second], in: ledger)
            default: try ledger.post(step, debit: paths[first], credit: paths[second])
            }
        }
        for isRestarted in [false, true] {
            if isRestarted { try ledger.test.reopen() }
            for path in paths {
                let account = try ledger.account(path).id
                let limit = 1 + Int(random.next() % 7)
                #expect(try postings(on: account, by: limit, in: ledger) == recorded(on: account, in: ledger))
            }
        }
    }

    /// Two legs on the first account and one on the second.
    private func postLong(_ amount: Int64, _ first: String, _ second: String, in ledger: TestLedger) throws {
        try ledger.post(
            LedgerTransactionDraft(
                .manual,
                [
                    Posting(.path(ledger.path(first)), .debit, .eur(amount)),
                    Posting(.path(ledger.path(second)), .credit, .eur(amount + 1)),
                    Posting(.path(ledger.path(first)), .debit, .eur(1)),
                ], authority: .caller))
    }

    private func postings(on account: AccountID, by limit: Int, in ledger: TestLedger) throws -> [PostingCursor] {
        var found: [PostingCursor] = []
        while true {
            let page = try ledger.test.read {
                try LedgerQueries($0).postings(on: account, before: found.last, limit: limit)
            }
            #expect(page.count <= limit)
            if page.isEmpty { return found }
            found += page.map(\.cursor)
        }
    }

    /// What the tables say, looked through whole.
    private func recorded(on account: AccountID, in ledger: TestLedger) throws -> [PostingCursor] {
        try ledger.test.read { rows in
            let headers = try rows.select(LedgerTransaction.self, "TRUE").filter { $0.phase.isPosted }
            let long = try rows.select(PostingRow.self, "TRUE").filter { $0.account == account }
            return headers.flatMap { header -> [PostingCursor] in
                guard let pair = header.pair else {
                    return long.filter { $0.transaction == header.id }
                        .map { PostingCursor(transaction: header.id, leg: $0.leg) }
                }
                return [pair.debitAccount, pair.creditAccount].enumerated().filter { $0.element == account }
                    .map { PostingCursor(transaction: header.id, leg: Int64($0.offset)) }
            }.sorted(by: >)
        }
    }

    @Test("keep an external id for one ledger transaction, in memory, in a run and after a restart")
    func keepsExternalID() throws {
        let ledger = try opened(rowsPerRun: 3)
        func post(_ amount: Int64, _ externalID: String) throws -> PostingAnswer {
            let draft = try ledger.draft(
                amount, debit: "shop:till:EUR", credit: "wallet:1:EUR", externalID: externalID)
            let context = ledger.context
            return try ledger.test.write { try PostLedgerTransaction.perform(draft, context: context, in: &$0) }
        }
        let first = try (Int64(1)...10).map { try post($0, "order-\($0)") }
        for _ in 1...2 {
            for (index, answer) in first.enumerated() {
                let again = try post(Int64(index + 1), "order-\(index + 1)")
                #expect(again == PostingAnswer(transaction: answer.transaction, isRepeat: true))
                #expect(throws: PostingRejection.self) { try post(99, "order-\(index + 1)") }
                let read = try ledger.test.read {
                    try LedgerQueries($0).transaction(try #require(ExternalID("order-\(index + 1)")))
                }
                #expect(read?.recorded == answer.transaction)
            }
            try ledger.test.reopen()
        }
        #expect(try ledger.isFolded())
    }
}
