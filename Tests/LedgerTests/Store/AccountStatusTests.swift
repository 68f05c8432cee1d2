import Ledger
import Money
import Storage
import SummaTestKit
import Testing

@Suite("Facts on accounts that take no requests")
struct AccountStatusTests {
    private let ledger: TestLedger
    private let receivable = StandardAccount(.providerReceivable, of: PathSegment("sandbox"))
    private let payable = StandardAccount(.merchantPayable, of: PathSegment("acme"))
    private let item = OpenItem(.payment, 42)

    init() throws {
        ledger = try TestLedger()
    }

    private func capture(_ minorUnits: Int64) throws -> LedgerTransactionDraft {
        try LedgerTransactionDraft(
            .capture,
            [.debit(receivable, .eur(minorUnits), item: item), .credit(payable, .eur(minorUnits))], authority: .fact)
    }

    /// Opens the payable with its first capture and brings it back to zero.
    private func openPayable() throws {
        let first = try ledger.fact(capture(1)).recorded
        try ledger.reverse(first.id, as: .fact)
    }

    @Test("are booked on a frozen account, and flagged")
    func frozen() throws {
        try openPayable()
        try ledger.change("merchant:acme:payable:EUR", .freeze)
        let (recorded, flags) = try ledger.fact(capture(500))
        #expect(
            recorded.legs.map(\.account.path.text) == ["provider:sandbox:receivable:EUR", "merchant:acme:payable:EUR"])
        #expect(flags == [.postedToFrozen(try ledger.path("merchant:acme:payable:EUR"))])
        #expect(try ledger.balance("merchant:acme:payable:EUR") == Balance(1, 501))
        #expect(try ledger.isFolded())
    }

    @Test("stand in suspense instead of on a closed account, under the item of the other leg, and are flagged")
    func closed() throws {
        try openPayable()
        try ledger.change("merchant:acme:payable:EUR", .close)
        let (recorded, flags) = try ledger.fact(capture(500))
        let suspense = try ledger.path("suspense:closed_accounts:EUR")
        #expect(recorded.legs.map(\.account.path.text) == ["provider:sandbox:receivable:EUR", suspense.text])
        #expect(flags == [.redirectedFromClosed(try ledger.path("merchant:acme:payable:EUR"), to: suspense)])
        #expect(try ledger.balance("merchant:acme:payable:EUR") == Balance(1, 1))
        #expect(try ledger.balance(suspense.text) == Balance(0, 500))
        let account = try ledger.account(suspense.text)
        let open = try ledger.test.read { try LedgerQueries($0).openItems(on: account, limit: 10) }
        #expect(open.map(\.item) == [item])
        #expect(open.map(\.open) == [.eur(500)])
        #expect(try ledger.isFolded())
    }

    @Test("that name no item at all stand in suspense under the ledger transaction itself")
    func closedWithoutItem() throws {
        let fee = try LedgerTransactionDraft(
            .platformFee, [.debit(payable, .eur(5)), .credit(StandardAccount(.platformFees), .eur(5))], authority: .fact
        )
        let first = try ledger.fact(fee).recorded
        try ledger.reverse(first.id, as: .fact)
        try ledger.change("merchant:acme:payable:EUR", .close)
        let recorded = try ledger.fact(fee).recorded
        #expect(recorded.legs[0].account.path.text == "suspense:closed_accounts:EUR")
        #expect(recorded.legs[0].item == OpenItem(.transaction, recorded.id.rawValue))
        #expect(recorded.legs[0].item?.description == recorded.id.description)
    }

    @Test("are reversed where they stand: in suspense when the account was closed meanwhile")
    func reversedAfterClosing() throws {
        let first = try ledger.fact(capture(300)).recorded
        let back = try LedgerTransactionDraft(
            .refund, [.debit(payable, .eur(300)), .credit(receivable, .eur(300), item: item)], authority: .fact)
        _ = try ledger.fact(back)
        try ledger.change("merchant:acme:payable:EUR", .close)
        let reversal = try ledger.reverse(first.id, as: .fact)
        #expect(
            reversal.legs.map(\.account.path.text) == ["suspense:closed_accounts:EUR", receivable.path(in: .eur).text])
        #expect(try ledger.balance("merchant:acme:payable:EUR") == Balance(300, 300))
    }

    @Test("that went to suspense are the same fact when they come again under their external id")
    func sameFactAgain() throws {
        try openPayable()
        try ledger.change("merchant:acme:payable:EUR", .close)
        let draft = try LedgerTransactionDraft(
            .capture, [.debit(receivable, .eur(9), item: item), .credit(payable, .eur(9))], authority: .fact,
            externalID: ExternalID("line-1"))
        let first = try ledger.fact(draft).recorded
        let again = try ledger.test.write { work in
            var journal = LedgerJournal()
            return try LedgerStore.post(draft, in: &work, journal: &journal)
        }
        #expect(again == first)
        #expect(try ledger.balance("suspense:closed_accounts:EUR") == Balance(0, 9))
    }
}
