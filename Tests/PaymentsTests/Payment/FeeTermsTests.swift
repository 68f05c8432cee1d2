import Money
import Payments
import SummaTestKit
import Testing

@Suite("Our fee")
struct FeeTermsTests {
    private func plan(_ basisPoints: Int64, _ fixed: Amount, _ rounding: Rounding = .halfUp) -> FeeTerms {
        FeeTerms(.plan(basisPoints: basisPoints, fixed: fixed), rounding: rounding)
    }

    @Test("is a share and a fixed part, rounded by the plan's own mode")
    func plan() throws {
        #expect(try plan(290, .eur(30)).due(onCaptured: .eur(1_000)) == .eur(59))
        #expect(try plan(290, .eur(30)).due(onCaptured: .eur(1_050)) == .eur(60))
        #expect(try plan(290, .eur(30), .up).due(onCaptured: .eur(1_050)) == .eur(61))
        #expect(try plan(150, .jpy(0), .halfEven).due(onCaptured: .jpy(300)) == .jpy(4))
        #expect(try plan(150, .jpy(0), .halfUp).due(onCaptured: .jpy(300)) == .jpy(5))
    }

    @Test("never takes more than was captured")
    func capped() throws {
        #expect(try plan(0, .eur(30)).due(onCaptured: .eur(30)) == .eur(30))
        #expect(try plan(0, .eur(30)).due(onCaptured: .eur(29)) == .eur(29))
        #expect(try plan(0, .eur(30)).due(onCaptured: .eur(0)) == .eur(0))
        #expect(try FeeTerms(.stated(.eur(50)), rounding: .down).due(onCaptured: .eur(49)) == .eur(49))
        #expect(try FeeTerms(.stated(.eur(50)), rounding: .down).due(onCaptured: .eur(900)) == .eur(50))
    }

    @Test("takes a fixed part as far as what its share leaves, and never overflows")
    func saturated() throws {
        #expect(try plan(5_000, .eur(499)).due(onCaptured: .eur(1_000)) == .eur(999))
        #expect(try plan(5_000, .eur(500)).due(onCaptured: .eur(1_000)) == .eur(1_000))
        #expect(try plan(5_000, .eur(501)).due(onCaptured: .eur(1_000)) == .eur(1_000))
        #expect(try plan(1, .eur(.max)).due(onCaptured: .eur(1_000)) == .eur(1_000))
        #expect(try plan(10_000, .eur(.max), .up).due(onCaptured: .eur(.max)) == .eur(.max))
        #expect(try plan(0, .eur(.max)).due(onCaptured: .eur(.max)) == .eur(.max))
    }

    @Test("says when its fixed part is in another currency")
    func currency() {
        #expect(throws: AmountError.currencyMismatch(.usd, .eur)) {
            try plan(100, .eur(30)).due(onCaptured: .usd(1_000))
        }
    }

    @Test("is returned exactly by a full refund, however it is split", arguments: Rounding.allCases)
    func returned(rounding: Rounding) throws {
        let terms = FeeTerms(.stated(.eur(37)), rounding: rounding)
        for parts in [[1_000], [333, 333, 334], Array(repeating: Int64(1), count: 1_000)] as [[Int64]] {
            var (refunded, returned) = (Int64(0), Int64(0))
            for part in parts {
                refunded += part
                let due = try terms.returned(ofFee: .eur(37), refunded: .eur(refunded), captured: .eur(1_000))
                #expect(due.minorUnits >= returned && due.minorUnits <= 37)
                returned = due.minorUnits
            }
            #expect(returned == 37)
        }
    }

    @Test("is returned whole when more was refunded than captured")
    func overrefunded() throws {
        let terms = FeeTerms(.stated(.eur(37)), rounding: .up)
        #expect(try terms.returned(ofFee: .eur(37), refunded: .eur(1_001), captured: .eur(1_000)) == .eur(37))
        #expect(try terms.returned(ofFee: .eur(37), refunded: .eur(1), captured: .eur(0)) == .eur(0))
    }
}
