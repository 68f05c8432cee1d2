import Money
import Payments
import SummaTestKit
import Testing

@Suite("A fee plan")
struct FeePlanTests {
    @Test("takes its share and what is fixed in the payment's currency, and nothing fixed in others")
    func terms() throws {
        let plan = try FeePlan(basisPoints: 290, fixed: [.eur(30), .jpy(40)], rounding: .halfUp)
        #expect(try plan.terms(in: .eur).due(onCaptured: .eur(10_000)) == .eur(320))
        #expect(try plan.terms(in: .jpy).due(onCaptured: .jpy(1_000)) == .jpy(69))
        #expect(try plan.terms(in: .usd).due(onCaptured: .usd(10_000)) == .usd(290))
    }

    @Test("gives way to the fee a charge states, and keeps its rounding")
    func stated() throws {
        let plan = try FeePlan(basisPoints: 290, fixed: [.eur(30)], rounding: .up)
        let terms = plan.terms(in: .eur, stated: .eur(5))
        #expect(try terms.due(onCaptured: .eur(10_000)) == .eur(5))
        #expect(terms.rounding == .up)
    }

    @Test("is a share from nothing to the whole", arguments: [(-1, false), (0, true), (10_000, true), (10_001, false)])
    func share(basisPoints: Int64, isOne: Bool) {
        if isOne {
            #expect(throws: Never.self) { try FeePlan(basisPoints: basisPoints, rounding: .down) }
        } else {
            #expect(throws: FeePlanRejection.basisPoints(basisPoints)) {
                try FeePlan(basisPoints: basisPoints, rounding: .down)
            }
        }
    }

    @Test("has one fixed part for each currency, and none below zero")
    func fixed() {
        #expect(throws: FeePlanRejection.currencyTwice(.eur)) {
            try FeePlan(basisPoints: 0, fixed: [.eur(1), .usd(1), .eur(2)], rounding: .down)
        }
        #expect(throws: FeePlanRejection.negative(.eur(-1))) {
            try FeePlan(basisPoints: 0, fixed: [.eur(-1)], rounding: .down)
        }
        #expect(throws: Never.self) { try FeePlan(basisPoints: 0, fixed: [.eur(0)], rounding: .down) }
    }

    @Test("has no fixed part beyond reason")
    func fixedMax() {
        let max = FeePlan.fixedMinorUnitsMax
        #expect(throws: Never.self) { try FeePlan(basisPoints: 0, fixed: [.eur(max)], rounding: .down) }
        for high in [max + 1, .max] {
            #expect(throws: FeePlanRejection.fixedTooHigh(.eur(high))) {
                try FeePlan(basisPoints: 0, fixed: [.usd(1), .eur(high)], rounding: .down)
            }
        }
    }
}
