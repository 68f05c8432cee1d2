import Money
import SummaTestKit
import Testing

@testable import Reconciliation

@Suite("Matching lines with movements")
struct MatcherTests {
    private func verdicts(
        _ lines: [SettlementLine], _ movements: [ExpectedMovement], fees: ProviderFeeSchedule? = nil
    ) -> [LineVerdict] {
        Matcher.match(lines, with: movements, fees: fees).verdicts
    }

    private let key = MovementKey(.charge, Int64(1))

    @Test("matches a line that says what the books say")
    func agreement() throws {
        let outcome = Matcher.match(
            [try .make("cap_1", .eur(1_000), fee: .eur(39))], with: [.make("cap_1", .eur(1_000))], fees: .sandbox)
        #expect(outcome.verdicts == [.matched(key)])
        #expect(outcome.movements[0].state == .settled && outcome.movements[0].remaining == .eur(0))
    }

    @Test(
        "names the first of currency, amount and fee that differs",
        arguments: [
            (Amount.eur(1_001), Amount.eur(39), BreakClass.amountDiffers), (.eur(999), .eur(39), .amountDiffers),
            (.eur(-1_000), .eur(39), .amountDiffers), (.usd(1_000), .usd(39), .currencyDiffers),
            (.usd(999), .usd(1), .currencyDiffers), (.eur(1_000), .eur(40), .feeDiffers),
            (.eur(1_000), .eur(38), .feeDiffers), (.eur(999), .eur(40), .amountDiffers),
        ])
    func differences(gross: Amount, fee: Amount, kind: BreakClass) throws {
        let line = try SettlementLine.make("cap_1", gross, fee: fee)
        #expect(verdicts([line], [.make("cap_1", .eur(1_000))], fees: .sandbox) == [.differs(kind, key)])
    }

    @Test("expects no fee where nobody has said one, and the stated one before the contract's")
    func fees() throws {
        let line = try SettlementLine.make("cap_1", .eur(1_000), fee: .eur(77))
        #expect(verdicts([line], [.make("cap_1", .eur(1_000))]) == [.matched(key)])
        #expect(verdicts([line], [.make("cap_1", .eur(1_000), fee: .eur(77))], fees: .sandbox) == [.matched(key)])
        let refund = try SettlementLine.make(.refund, "ref_1", .eur(-10), fee: .eur(0))
        #expect(
            verdicts([refund], [.make(.refund, "ref_1", .eur(-10))], fees: .sandbox)
                == [.matched(MovementKey(.refund, Int64(1)))])
    }

    @Test("finds a fee that is not gross less net, also without a contract")
    func feeArithmetic() throws {
        let line = try SettlementLine.make("cap_1", .eur(1_000), fee: .eur(40), statedFee: .eur(39))
        #expect(verdicts([line], [.make("cap_1", .eur(1_000))]) == [.differs(.feeDiffers, key)])
    }

    @Test("takes two equal lines for one movement as a match and a duplicate")
    func duplicates() throws {
        let line = try SettlementLine.make("cap_1", .eur(1_000))
        #expect(
            verdicts([line, line], [.make("cap_1", .eur(1_000))])
                == [.matched(key), .unexplained(.duplicateLine, resembles: nil)])
    }

    @Test("takes two equal lines for two equal movements as two matches, and only the third as a duplicate")
    func occurrences() throws {
        let line = try SettlementLine.make("cap_1", .eur(1_000))
        let movements = [ExpectedMovement.make("cap_1", .eur(1_000)), .make("cap_1", .eur(1_000), number: 2)]
        #expect(
            verdicts([line, line, line], movements)
                == [
                    .matched(key), .matched(MovementKey(.charge, Int64(2))),
                    .unexplained(.duplicateLine, resembles: nil),
                ])
    }

    @Test("lets a line that agrees have the movement, whichever comes first", arguments: [false, true])
    func orderDoesNotMatter(reversed: Bool) throws {
        let lines = [try SettlementLine.make("cap_1", .eur(999)), try .make("cap_1", .eur(1_000))]
        let found = verdicts(reversed ? lines.reversed() : lines, [.make("cap_1", .eur(1_000))])
        let expected: [LineVerdict] = [.unexplained(.duplicateLine, resembles: nil), .matched(key)]
        #expect(found == (reversed ? expected.reversed() : expected))
    }

    @Test("matches the line that brings the rest of an amount that differed")
    func rest() throws {
        let first = Matcher.match([try .make("cap_1", .eur(600))], with: [.make("cap_1", .eur(1_000))], fees: nil)
        #expect(first.verdicts == [.differs(.amountDiffers, key)])
        #expect(first.movements[0].remaining == .eur(400))
        let second = Matcher.match([try .make("cap_1", .eur(400))], with: first.movements, fees: nil)
        #expect(second.verdicts == [.matched(key)] && !second.movements[0].awaitsLine)
        let other = Matcher.match([try .make("cap_1", .eur(399))], with: first.movements, fees: nil)
        #expect(other.verdicts == [.unexplained(.duplicateLine, resembles: nil)])
    }

    @Test("takes a line as long as what it leaves open fits, and none that is one minor unit beyond")
    func range() throws {
        let movement = ExpectedMovement.make("cap_1", .eur(1_000))
        let widest = Matcher.match([try .make("cap_1", .eur(1_000 - .max))], with: [movement], fees: nil)
        #expect(widest.verdicts == [.differs(.amountDiffers, key)])
        #expect(widest.movements[0].remaining == .eur(.max))
        let beyond = Matcher.match([try .make("cap_1", .eur(999 - .max))], with: [movement], fees: nil)
        #expect(beyond.verdicts == [.unexplained(.duplicateLine, resembles: nil)])
        #expect(beyond.movements == [movement])
    }

    @Test("does not explain a line by a movement that is contested")
    func contested() throws {
        let line = try SettlementLine.make("cap_1", .eur(1_000))
        var movement = ExpectedMovement.make("cap_1", .eur(1_000))
        movement.state = .contested
        #expect(verdicts([line], [movement]) == [.unexplained(.duplicateLine, resembles: nil)])
    }

    @Test("goes by our own name only where the provider's is not known")
    func ownName() throws {
        let content = try content(
            [("cap_1", "cmd_1"), ("cap_2", "cmd_2")].map { try .make($0, .eur(1_000), ours: $1) })
        let comparison = SettlementComparison(
            content,
            with: [
                .make(nil, .eur(1_000), number: 1, ours: "cmd_1"),
                .make("cap_other", .eur(1_000), number: 2, ours: "cmd_2"),
            ], cutOff: .midnight, fees: nil)
        #expect(comparison.verdicts == [.matched(key), .unexplained(.missingHere, resembles: nil)])
        #expect(comparison.missingThere == [MovementKey(.charge, Int64(2))])
    }

    @Test("shows a movement whose name differs in case, and does not take it for the same")
    func letterCase() throws {
        let content = try content([.make("CAP_1", .eur(1_000))])
        let comparison = SettlementComparison(
            content, with: [.make("cap_1", .eur(1_000))], cutOff: .midnight, fees: nil)
        #expect(comparison.verdicts == [.unexplained(.missingHere, resembles: key)])
        #expect(comparison.missingThere == [key])
    }

    @Test("misses what was due, and not what happened after the cut-off")
    func missing() throws {
        let cutOff = try #require(CutOff(secondOfDay: 9 * 3_600))
        let comparison = SettlementComparison(
            try content([.make("cap_9", .eur(1))]),
            with: [
                .make("cap_1", .eur(1_000), number: 1),
                .make("cap_2", .eur(1_000), number: 2, at: ExpectedMovement.morning.advanced(by: .hours(2))),
            ], cutOff: cutOff, fees: nil)
        #expect(comparison.missingThere == [key])
    }

    private func content(_ lines: [SettlementLine]) throws -> SettlementContent {
        SettlementContent(
            reference: nil, date: lines[0].date, coversUntil: nil, lines: lines, remittances: [])
    }
}
