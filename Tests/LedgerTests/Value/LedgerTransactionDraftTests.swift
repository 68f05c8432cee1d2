import Ledger
import Money
import SummaTestKit
import Testing

@Suite("A ledger transaction's draft")
struct LedgerTransactionDraftTests {
    private let fees = StandardAccount(.platformFees)
    private let rounding = StandardAccount(.rounding)

    private func draft(
        _ postings: [Posting], phase: LedgerTransactionDraft.Phase = .posted
    ) throws(DraftRejection) -> LedgerTransactionDraft {
        try LedgerTransactionDraft(.adjustment, postings, phase: phase, authority: .adjustment)
    }

    @Test("balances in each currency by itself")
    func balances() throws {
        let legs: [Posting] = [
            .debit(rounding, .eur(70)), .debit(rounding, .eur(30)), .credit(fees, .eur(100)),
            .debit(rounding, .jpy(5)), .credit(fees, .jpy(5)),
        ]
        #expect(try draft(legs).postings == legs)
    }

    @Test("is refused when debits and credits differ by one minor unit", arguments: [(101, 100), (99, 100)])
    func unbalanced(debit: Int64, credit: Int64) {
        #expect(throws: DraftRejection.unbalanced(.eur, debits: Int128(debit), credits: Int128(credit))) {
            try draft([.debit(rounding, .eur(debit)), .credit(fees, .eur(credit))])
        }
    }

    @Test("is refused when only the total over two currencies balances")
    func acrossCurrencies() {
        #expect(throws: DraftRejection.unbalanced(.eur, debits: 100, credits: 0)) {
            try draft([.debit(rounding, .eur(100)), .credit(fees, .usd(100))])
        }
    }

    @Test("sums amounts that no 64 bits hold")
    func largeSums() {
        let legs: [Posting] = [
            .debit(rounding, .eur(.max)), .debit(rounding, .eur(.max)), .credit(fees, .eur(.max)),
        ]
        #expect(throws: DraftRejection.unbalanced(.eur, debits: 2 * Int128(Int64.max), credits: Int128(Int64.max))) {
            try draft(legs)
        }
    }

    @Test("needs two legs", arguments: [0, 1])
    func legs(count: Int) {
        #expect(throws: DraftRejection.tooFewPostings(count: count)) {
            try draft(Array(repeating: .debit(rounding, .eur(1)), count: count))
        }
    }

    @Test("takes positive amounts only", arguments: [0, -1, Int64.min])
    func positive(minorUnits: Int64) {
        #expect(throws: DraftRejection.amountNotPositive(index: 1, .eur(minorUnits))) {
            try draft([.debit(rounding, .eur(1)), .credit(fees, .eur(minorUnits))])
        }
    }

    @Test("refuses a leg whose amount is in another currency than its account")
    func currencyOfAccount() {
        let path = fees.path(in: .usd)
        #expect(throws: DraftRejection.currencyOfAccount(index: 1, path, .eur)) {
            try draft([.debit(rounding, .eur(1)), Posting(.path(path), .credit, .eur(1))])
        }
    }

    @Test("refuses a hold that would expire before it began", arguments: [0, -1])
    func timeout(seconds: Int64) throws {
        let legs: [Posting] = [.debit(rounding, .eur(1)), .credit(fees, .eur(1))]
        #expect(throws: DraftRejection.timeoutOutOfRange(seconds: seconds)) {
            try draft(legs, phase: .pending(.timed(seconds: seconds)))
        }
        #expect(try draft(legs, phase: .pending(.timed(seconds: 1))).phase == .pending(.timed(seconds: 1)))
    }
}
