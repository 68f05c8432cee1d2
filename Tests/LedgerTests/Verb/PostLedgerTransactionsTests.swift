import Ledger
import Money
import Storage
import SummaTestKit
import Testing

@Suite("A batch of ledger transactions")
struct PostLedgerTransactionsTests {
    private let ledger: TestLedger

    init() throws {
        ledger = try TestLedger()
        try ledger.open("shop:till:EUR", .asset)
        try ledger.open("wallet:1:EUR", floor: 0)
        try ledger.open("wallet:2:EUR")
    }

    private func run(
        _ drafts: [LedgerTransactionDraft], isAtomic: Bool
    ) throws -> [PostLedgerTransactions.Outcome] {
        let command = try PostLedgerTransactions.Command(
            book: .first, drafts: drafts, isAtomic: isAtomic, context: ledger.context)
        return try ledger.test.write { try PostLedgerTransactions.perform(command, in: &$0) }
    }

    private func fill(_ minorUnits: Int64, externalID: String? = nil) throws -> LedgerTransactionDraft {
        try ledger.draft(minorUnits, debit: "shop:till:EUR", credit: "wallet:1:EUR", externalID: externalID)
    }

    private func spend(_ minorUnits: Int64) throws -> LedgerTransactionDraft {
        try ledger.draft(minorUnits, debit: "wallet:1:EUR", credit: "wallet:2:EUR")
    }

    private func insufficient(_ available: Int64) throws -> PostingRejection {
        .insufficientFunds(try ledger.path("wallet:1:EUR"), available: .eur(available), floor: 0)
    }

    @Test("answers each in order, each seeing what those before it did, in an event of its own")
    func inOrder() throws {
        let outcomes = try run([fill(10), spend(10), fill(5), spend(3)], isAtomic: true)
        let transactions = try outcomes.map { try $0.get().transaction }
        #expect(transactions.map(\.header.sequence) == [4, 5, 6, 7])
        #expect(transactions.map(\.id) == transactions.map(\.id).sorted())
        #expect(try ledger.events().suffix(4).map(\.subject) == transactions.map(\.id.description))
        #expect(try ledger.balance("wallet:1:EUR") == Balance(13, 15))
        #expect(try ledger.balance("wallet:2:EUR") == Balance(0, 13))
    }

    @Test("that is independent records what may be and says why of the rest")
    func independent() throws {
        let outcomes = try run([fill(10), spend(11), spend(10), spend(1)], isAtomic: false)
        #expect(try outcomes[0].get().isRepeat == false)
        #expect(outcomes[1] == .failure(try insufficient(10)))
        #expect(try outcomes[2].get().transaction.header.sequence == 5)
        #expect(outcomes[3] == .failure(try insufficient(0)))
        #expect(try ledger.balance("wallet:1:EUR") == Balance(10, 10))
        #expect(try ledger.sequence() == 5)
        #expect(try ledger.isFolded())
    }

    @Test("that is atomic records nothing when one is refused, and names it")
    func atomic() throws {
        try expectRefusal(BatchRejection.item(index: 2, insufficient(0)), in: ledger) {
            try run([fill(10), spend(10), spend(1), fill(5)], isAtomic: true)
        }
        #expect(try ledger.balance("wallet:1:EUR") == Balance())
    }

    @Test("gives the second of one external id the first's answer", arguments: [true, false])
    func sameIDTwice(isAtomic: Bool) throws {
        let outcomes = try run(
            [fill(10, externalID: "a"), fill(7), fill(10, externalID: "a")], isAtomic: isAtomic)
        let first = try outcomes[0].get()
        #expect(!first.isRepeat)
        #expect(try outcomes[2].get() == PostingAnswer(transaction: first.transaction, isRepeat: true))
        #expect(try ledger.balance("wallet:1:EUR") == Balance(0, 17))
        #expect(try run([fill(10, externalID: "a")], isAtomic: isAtomic)[0].get().transaction == first.transaction)
    }

    @Test("refuses the second of one external id that says something else, and names the first")
    func sameIDOtherContent() throws {
        let outcomes = try run([fill(10, externalID: "a"), fill(11, externalID: "a")], isAtomic: false)
        let rejection = PostingRejection.externalIDReused(
            try #require(ExternalID("a")), existing: try outcomes[0].get().transaction.id,
            firstDifference: "postings[0].amount")
        #expect(outcomes[1] == .failure(rejection))
        #expect(try ledger.balance("wallet:1:EUR") == Balance(0, 10))
    }

    @Test("forgets the external id of one that was refused")
    func refusedID() throws {
        let refused = try ledger.draft(10, debit: "wallet:1:EUR", credit: "wallet:2:EUR", externalID: "a")
        let outcomes = try run([refused, fill(10), refused], isAtomic: false)
        #expect(outcomes[0] == .failure(try insufficient(0)))
        #expect(try !outcomes[2].get().isRepeat)
    }

    @Test("holds ten thousand and not one more, and nothing at all")
    func size() throws {
        let draft = try fill(1)
        let most = Array(repeating: draft, count: 10_000)
        #expect(try run(most, isAtomic: true).count == 10_000)
        #expect(try ledger.balance("wallet:1:EUR") == Balance(0, 10_000))
        #expect(throws: BatchRejection.tooMany(count: 10_001, max: 10_000)) {
            try run(most + [draft], isAtomic: false)
        }
        let before = try ledger.sequence()
        #expect(try run([], isAtomic: true).isEmpty)
        #expect(try ledger.sequence() == before)
    }

    @Test("runs the same where rows are missed first and loaded for all bodies at once")
    func missed() throws {
        let test = try TestDatabase([LedgerSchema.migration], missRounds: 3)
        let context = ledger.context
        for path in ["shop:till:EUR", "wallet:1:EUR"] {
            let draft = try AccountDraft(path: ledger.path(path), type: .asset, currency: .eur)
            let command = OpenAccount.Command(book: .first, draft: draft, context: context)
            _ = try test.write { try OpenAccount.perform(command, in: &$0) }
        }
        try test.reopen()
        let command = try PostLedgerTransactions.Command(
            book: .first, drafts: [fill(3, externalID: "a"), fill(4), fill(3, externalID: "a")], isAtomic: false,
            context: context)
        let keys = command.drafts.flatMap(\.expectedKeys)
        let outcomes = try test.write(expecting: keys) { try PostLedgerTransactions.perform(command, in: &$0) }
        #expect(try outcomes.map { try $0.get().isRepeat } == [false, false, true])
    }
}
