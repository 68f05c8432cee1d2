import Money
import SummaTestKit
import Testing

@Suite("Rounding")
struct RoundingTests {
    private struct Vector: Decodable {
        let value: String
        let digits: Int
        let mode: String
        let result: String
    }

    @Test("has exactly the seven modes, by the names events carry")
    func names() {
        let names = ["down", "up", "floor", "ceiling", "half_up", "half_down", "half_even"]
        #expect(Rounding.allCases.map(\.rawValue) == names)
    }

    @Test(
        "agrees with the published examples",
        .enabled(if: SharedVectors.present, "the shared test vectors are not here"))
    func published() throws {
        for vector in try SharedVectors.json("money/rounding.json", as: [Vector].self) {
            let mode = try #require(Rounding(rawValue: vector.mode))
            let rounded = try ExactDecimal(vector.value).rounded(toScale: vector.digits, rounding: mode)
            #expect(rounded?.description == vector.result, "\(vector.value) \(vector.mode)")
        }
    }

    /// Each row: the dividend over 4, then the answer of every mode in the order of `allCases`.
    @Test(
        "goes where each mode says, below, at and above a half, on both sides of zero",
        arguments: [
            (0, [0, 0, 0, 0, 0, 0, 0]),
            (1, [0, 1, 0, 1, 0, 0, 0]), (-1, [0, -1, -1, 0, 0, 0, 0]),
            (2, [0, 1, 0, 1, 1, 0, 0]), (-2, [0, -1, -1, 0, -1, 0, 0]),
            (3, [0, 1, 0, 1, 1, 1, 1]), (-3, [0, -1, -1, 0, -1, -1, -1]),
            (4, [1, 1, 1, 1, 1, 1, 1]), (-4, [-1, -1, -1, -1, -1, -1, -1]),
            (6, [1, 2, 1, 2, 2, 1, 2]), (-6, [-1, -2, -2, -1, -2, -1, -2]),
            (10, [2, 3, 2, 3, 3, 2, 2]), (-10, [-2, -3, -3, -2, -3, -2, -2]),
        ] as [(Int128, [Int128])])
    func table(quarters: Int128, expected: [Int128]) throws {
        for (mode, answer) in zip(Rounding.allCases, expected) {
            #expect(try mode.quotient(of: quarters, by: 4).value == answer, "\(quarters)/4 \(mode)")
            #expect(try mode.quotient(of: -quarters, by: -4).value == answer, "\(quarters)/4 \(mode)")
        }
    }

    @Test("agrees with the definition of each mode", arguments: [0x5EED_0010, 0x5EED_0011] as [UInt64])
    func againstDefinition(seed: UInt64) throws {
        // Small divisors make halves and whole quotients common.
        let divisors: [Int128] = [-8, -3, -2, -1, 1, 2, 3, 7, 10, 100, 10_000]
        var random = SeededGenerator(seed: seed)
        for _ in 0..<3_000 {
            let divisor = divisors[Int.random(in: 0..<divisors.count, using: &random)]
            let shift = Int128.random(in: 0...120, using: &random)
            let dividend = Int128.random(in: .min...(.max), using: &random) >> shift
            for mode in Rounding.allCases {
                let answer = try? mode.quotient(of: dividend, by: divisor)
                guard dividend != .min || divisor != -1 else {
                    #expect(answer == nil)
                    continue
                }
                #expect(
                    answer?.value == reference(dividend, divisor, mode), "seed \(seed): \(dividend)/\(divisor) \(mode)")
            }
        }
    }

    @Test("loses nothing: value × divisor + remainder is the dividend", arguments: [0x5EED_0012] as [UInt64])
    func remainder(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<5_000 {
            let value = Int128(Int64(truncatingIfNeeded: random.next()))
            let factor = Int128(Int64(truncatingIfNeeded: random.next()) >> 2)
            let divisor = Int128(Int64(truncatingIfNeeded: random.next()) >> Int64.random(in: 0...60, using: &random))
            guard divisor != 0 else { continue }
            for mode in Rounding.allCases {
                let answer = try mode.quotient(of: value, times: factor, by: divisor)
                #expect(answer.value * divisor + answer.remainder == value * factor, "seed \(seed) \(mode)")
                #expect(answer.remainder.magnitude < divisor.magnitude, "seed \(seed) \(mode)")
            }
        }
    }

    @Test("keeps a product wider than 128 bits exact", arguments: Rounding.allCases)
    func wideProduct(mode: Rounding) throws {
        let large = Int128.max - 6
        #expect(try mode.quotient(of: large, times: large, by: large) == mode.quotient(of: large, by: 1))
        #expect(try mode.quotient(of: -large, times: .max, by: .max).value == -large)
        #expect(try mode.quotient(of: .min, times: .min, by: .min).value == .min)
        // (2¹²⁷−1)² = (2¹²⁷−2)·2¹²⁷ + 1: barely above a whole number of 2¹²⁷.
        let barelyAbove = try mode.quotient(of: .max, times: .max, by: .min)
        let away = mode == .up || mode == .floor
        #expect(barelyAbove.value == -(Int128.max - 1) - (away ? 1 : 0))
        #expect(barelyAbove.remainder == (away ? Int128.min + 1 : 1))
    }

    @Test("refuses division by zero and quotients that do not fit, and does not trap", arguments: Rounding.allCases)
    func refuses(mode: Rounding) {
        #expect(throws: DivisionError.byZero) { try mode.quotient(of: 1, by: 0) }
        #expect(throws: DivisionError.byZero) { try mode.quotient(of: 0, by: 0) }
        #expect(throws: DivisionError.overflow) { try mode.quotient(of: .min, by: -1) }
        #expect(throws: DivisionError.overflow) { try mode.quotient(of: .max, times: 2, by: 1) }
        #expect(throws: DivisionError.overflow) { try mode.quotient(of: .max, times: .max, by: 1) }
        #expect(throws: Never.self) { try mode.quotient(of: .min, by: 1) }
    }

    /// The modes restated without sharing a line with what is tested: try the neighbours and take the one the words of
    /// the mode choose.
    private func reference(_ dividend: Int128, _ divisor: Int128, _ mode: Rounding) -> Int128 {
        let (truncated, rest) = dividend.quotientAndRemainder(dividingBy: divisor)
        guard rest != 0 else { return truncated }
        let isBelowZero = (dividend < 0) != (divisor < 0)
        let lower = isBelowZero ? truncated - 1 : truncated
        let higher = lower + 1
        let (nearZero, farFromZero) = isBelowZero ? (higher, lower) : (lower, higher)
        let doubled = UInt128(rest.magnitude) * 2
        let nearest: Int128? =
            doubled == divisor.magnitude ? nil : doubled < divisor.magnitude ? nearZero : farFromZero
        return switch mode {
        case .down: nearZero
        case .up: farFromZero
        case .floor: lower
        case .ceiling: higher
        case .halfUp: nearest ?? farFromZero
        case .halfDown: nearest ?? nearZero
        case .halfEven: nearest ?? (lower.isMultiple(of: 2) ? lower : higher)
        }
    }
}
