import Ledger
import Money
import Storage
import SummaTestKit
import Testing

@Suite("Floors and ceilings")
struct PostingLimitTests {
    private let ledger: TestLedger

    init() throws {
        ledger = try TestLedger()
        try ledger.open("shop:till:EUR", .asset)
    }

    private func insufficient(_ path: String, available: Int64, floor: Int64 = 0) throws -> PostingRejection {
        .insufficientFunds(try ledger.path(path), available: .eur(available), floor: floor)
    }

    @Test("let a request take all that is available and not one minor unit more", arguments: [0, -250, 100])
    func floor(floor: Int64) throws {
        try ledger.open("wallet:1:EUR", floor: floor)
        try ledger.post(1_000, debit: "shop:till:EUR", credit: "wallet:1:EUR")
        try expectRefusal(try insufficient("wallet:1:EUR", available: 1_000, floor: floor), in: ledger) {
            try ledger.post(1_001 - floor, debit: "wallet:1:EUR", credit: "shop:till:EUR")
        }
        try ledger.post(1_000 - floor, debit: "wallet:1:EUR", credit: "shop:till:EUR")
        #expect(try ledger.balance("wallet:1:EUR").available(on: .credit) == floor)
        try expectRefusal(try insufficient("wallet:1:EUR", available: floor, floor: floor), in: ledger) {
            try ledger.post(1, debit: "wallet:1:EUR", credit: "shop:till:EUR")
        }
    }

    @Test("hold on the debit side of the normal side as well")
    func assetFloor() throws {
        try ledger.open("float:EUR", .asset, floor: 0)
        try ledger.post(50, debit: "float:EUR", credit: "shop:till:EUR")
        try expectRefusal(try insufficient("float:EUR", available: 50), in: ledger) {
            try ledger.post(51, debit: "shop:till:EUR", credit: "float:EUR")
        }
        try ledger.post(50, debit: "shop:till:EUR", credit: "float:EUR")
    }

    @Test("look at where an account stands after all legs, not at each by itself")
    func net() throws {
        try ledger.open("wallet:1:EUR", floor: 0)
        let wallet = try ledger.path("wallet:1:EUR")
        let till = try ledger.path("shop:till:EUR")
        func draft(out: Int64) throws -> LedgerTransactionDraft {
            try LedgerTransactionDraft(
                .manual,
                [
                    Posting(.path(wallet), .debit, .eur(out)), Posting(.path(till), .credit, .eur(out)),
                    Posting(.path(till), .debit, .eur(100)), Posting(.path(wallet), .credit, .eur(100)),
                ], authority: .caller)
        }
        try expectRefusal(try insufficient("wallet:1:EUR", available: 0), in: ledger) {
            try ledger.post(draft(out: 101))
        }
        try ledger.post(draft(out: 100))
        #expect(try ledger.balance("wallet:1:EUR") == Balance(100, 100))
    }

    @Test("count an outgoing hold at once, and an incoming one never")
    func holds() throws {
        try ledger.open("wallet:1:EUR", floor: 0)
        try ledger.post(1_000, debit: "shop:till:EUR", credit: "wallet:1:EUR")
        try ledger.hold(400, debit: "wallet:1:EUR", credit: "shop:till:EUR")
        try ledger.hold(5_000, debit: "shop:till:EUR", credit: "wallet:1:EUR")
        #expect(try ledger.balance("wallet:1:EUR") == Balance(0, 1_000, 400, 5_000))
        try expectRefusal(try insufficient("wallet:1:EUR", available: 600), in: ledger) {
            try ledger.post(601, debit: "wallet:1:EUR", credit: "shop:till:EUR")
        }
        try expectRefusal(try insufficient("wallet:1:EUR", available: 600), in: ledger) {
            try ledger.hold(601, debit: "wallet:1:EUR", credit: "shop:till:EUR")
        }
        try ledger.post(600, debit: "wallet:1:EUR", credit: "shop:till:EUR")
        #expect(try ledger.balance("wallet:1:EUR").available(on: .credit) == 0)
    }

    @Test("do not stop a hold from being posted that was reserved while there was enough")
    func reservedIsKept() throws {
        try ledger.open("wallet:1:EUR", floor: 0)
        try ledger.post(100, debit: "shop:till:EUR", credit: "wallet:1:EUR")
        let hold = try ledger.hold(100, debit: "wallet:1:EUR", credit: "shop:till:EUR")
        try ledger.change("wallet:1:EUR", .limit(floor: 50, ceiling: nil))
        try ledger.end(hold.id, .post(minorUnits: nil))
        #expect(try ledger.balance("wallet:1:EUR") == Balance(100, 100))
    }

    @Test("let an account be filled to its ceiling and not one minor unit more, incoming holds counted")
    func ceiling() throws {
        try ledger.open("wallet:1:EUR", ceiling: 1_000)
        try ledger.hold(300, debit: "shop:till:EUR", credit: "wallet:1:EUR")
        let full = PostingRejection.ceilingExceeded(try ledger.path("wallet:1:EUR"), ceiling: 1_000)
        try expectRefusal(full, in: ledger) {
            try ledger.post(701, debit: "shop:till:EUR", credit: "wallet:1:EUR")
        }
        try ledger.post(700, debit: "shop:till:EUR", credit: "wallet:1:EUR")
        try expectRefusal(full, in: ledger) {
            try ledger.hold(1, debit: "shop:till:EUR", credit: "wallet:1:EUR")
        }
        try ledger.post(1, debit: "wallet:1:EUR", credit: "shop:till:EUR")
        try ledger.hold(1, debit: "shop:till:EUR", credit: "wallet:1:EUR")
    }

    @Test("bind requests and adjustments, and no fact", arguments: [PostingAuthority.request, .adjustment])
    func authority(authority: PostingAuthority) throws {
        try ledger.open("wallet:1:EUR", floor: 0)
        try expectRefusal(try insufficient("wallet:1:EUR", available: 0), in: ledger) {
            try ledger.post(1, debit: "wallet:1:EUR", credit: "shop:till:EUR", as: authority)
        }
        try ledger.post(70, debit: "wallet:1:EUR", credit: "shop:till:EUR", as: .fact)
        #expect(try ledger.balance("wallet:1:EUR").available(on: .credit) == -70)
    }

    @Test("do not gate the mirror of an authorization, nor does the mirror gate anything")
    func mirror() throws {
        let sandbox = PathSegment("sandbox")
        let acme = PathSegment("acme")
        let receivable = StandardAccount(.providerReceivable, of: sandbox)
        let payable = StandardAccount(.merchantPayable, of: acme)
        let item = OpenItem(.payment, 1)
        func draft(_ legs: [Posting], _ phase: LedgerTransactionDraft.Phase) throws -> LedgerTransactionDraft {
            try LedgerTransactionDraft(.authorization, legs, phase: phase, authority: .request)
        }
        let promise = [Posting.debit(receivable, .eur(900), item: item), .credit(payable, .eur(900))]
        try ledger.post(draft(promise, .pending(.mirror)))
        #expect(try ledger.balance("merchant:acme:payable:EUR") == Balance(0, 0, 0, 900))
        #expect(try ledger.balance("merchant:acme:payable:EUR").available(on: .credit) == 0)
        let out = [Posting.debit(payable, .eur(1)), .credit(receivable, .eur(1), item: item)]
        try expectRefusal(try insufficient("merchant:acme:payable:EUR", available: 0), in: ledger) {
            try ledger.post(draft(out, .pending(.reservation)))
        }
        try ledger.post(draft(out, .pending(.mirror)))
    }
}
