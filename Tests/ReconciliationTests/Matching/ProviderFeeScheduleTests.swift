import Money
import SummaTestKit
import Testing

@testable import Reconciliation

@Suite("A provider's fee by contract")
struct ProviderFeeScheduleTests {
    @Test(
        "is one exact fraction rounded once",
        arguments: [
            (Amount.eur(1_000), Amount.eur(39)), (.kwd(10_000), .kwd(390)), (.jpy(1_000), .jpy(14)),
            // 1.4 % of 18 yen and a quarter are 0.502: rounded one after the other they were nothing.
            (.jpy(18), .jpy(1)), (.eur(0), .eur(25)), (.eur(.max), .eur(129_127_208_515_966_886)),
        ])
    func exactFees(amount: Amount, fee: Amount) throws {
        #expect(try ProviderFeeSchedule.sandbox.fee(of: amount) == fee)
    }

    @Test("is not made of a share above the whole, or a fixed part that is negative or too fine")
    func bounds() {
        func schedule(_ basisPoints: Int64, _ significand: Int128, _ scale: Int) -> ProviderFeeSchedule? {
            ExactDecimal(significand: significand, scale: scale).flatMap {
                ProviderFeeSchedule(basisPoints: basisPoints, fixed: $0, rounding: .down)
            }
        }
        #expect(schedule(10_000, 0, 0) != nil && schedule(10_001, 0, 0) == nil)
        #expect(schedule(0, 1, 6) != nil && schedule(0, 1, 7) == nil)
        #expect(schedule(-1, 0, 0) == nil && schedule(0, -1, 0) == nil)
    }
}
