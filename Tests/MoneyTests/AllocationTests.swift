import Money
import SummaTestKit
import Testing

@Suite("Allocating an amount")
struct AllocationTests {
    private struct Vectors: Decodable {
        struct Refused: Decodable {
            let amount: Int64
            let weights: [Int64]
        }
        struct Case: Decodable {
            let amount: Int64
            let weights: [Int64]
            let shares: [Int64]
        }
        let errors: [Refused]
        let cases: [Case]
    }

    @Test(
        "agrees with the published examples",
        .enabled(if: SharedVectors.present, "the shared test vectors are not here"))
    func published() throws {
        let vectors = try SharedVectors.json("money/allocation.json", as: Vectors.self)
        for example in vectors.cases {
            let shares = try Amount.eur(example.amount).allocated(byWeights: example.weights)
            #expect(shares == example.shares.map(Amount.eur), "\(example)")
            let opposite = try Amount.eur(-example.amount).allocated(byWeights: example.weights)
            #expect(opposite == example.shares.map { .eur(-$0) }, "\(example)")
        }
        for refused in vectors.errors {
            #expect(throws: AllocationError.self) {
                try Amount.eur(refused.amount).allocated(byWeights: refused.weights)
            }
        }
    }

    @Test("gives what is left over to the largest remainders, ties to the first")
    func largestRemainder() throws {
        #expect(try Amount.eur(100).allocated(byWeights: [1, 1, 1]) == [.eur(34), .eur(33), .eur(33)])
        #expect(try Amount.eur(10).allocated(byWeights: [1, 2, 4]) == [.eur(1), .eur(3), .eur(6)])
        #expect(try Amount.eur(-5).allocated(byWeights: [3, 7]) == [.eur(-2), .eur(-3)])
        #expect(try Amount.eur(1).allocated(byWeights: [0, 1, 1, 0]) == [.eur(0), .eur(1), .eur(0), .eur(0)])
    }

    @Test("refuses weights that say nothing", arguments: [[], [0], [0, 0]] as [[Int64]])
    func refusesNothing(weights: [Int64]) {
        #expect(throws: AllocationError.nothingToAllocateTo) { try Amount.eur(100).allocated(byWeights: weights) }
    }

    @Test("refuses a negative weight and names it", arguments: [[-1], [1, -1], [0, 5, -1]] as [[Int64]])
    func refusesNegative(weights: [Int64]) {
        #expect(throws: AllocationError.negativeWeight(-1)) { try Amount.eur(100).allocated(byWeights: weights) }
    }

    @Test("splits the largest and the smallest amount by the largest weights")
    func edges() throws {
        #expect(try Amount.eur(.min).allocated(byWeights: [1]) == [.eur(.min)])
        #expect(try Amount.eur(.min).allocated(byWeights: [.max, .max]) == [.eur(.min / 2), .eur(.min / 2)])
        #expect(try Amount.eur(.max).allocated(byWeights: [.max, .max]) == [.eur(.max / 2 + 1), .eur(.max / 2)])
        #expect(try Amount.eur(.max).allocated(byWeights: [.max, 0]) == [.eur(.max), .eur(0)])
    }

    @Test("into equal parts differs by one minor unit at most, the larger first")
    func parts() throws {
        #expect(try Amount.jpy(100).allocated(parts: 6).map(\.minorUnits) == [17, 17, 17, 17, 16, 16])
        #expect(try Amount.jpy(-5).allocated(parts: 3).map(\.minorUnits) == [-2, -2, -1])
        #expect(try Amount.jpy(7).allocated(parts: 1) == [.jpy(7)])
        #expect(try Amount.jpy(1).allocated(parts: Amount.allocationPartsMax).count == Amount.allocationPartsMax)
        for parts in [0, -1, .min, Amount.allocationPartsMax + 1, .max] {
            #expect(throws: AllocationError.partsOutOfRange(parts)) { try Amount.jpy(7).allocated(parts: parts) }
        }
    }

    @Test(
        "adds up exactly, with no share a whole unit away from its exact value", arguments: [0x5EED_0020, 0x5EED_0021])
    func addsUp(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<3_000 {
            let amount = Amount.eur(
                Int64(truncatingIfNeeded: random.next()) >> Int64.random(in: 0...63, using: &random))
            let narrowing = Int64.random(in: 1...63, using: &random)
            let weights = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                Int64(random.next() >> 1) >> (narrowing - 1)
            }
            guard weights.contains(where: { $0 > 0 }) else { continue }
            let shares = try amount.allocated(byWeights: weights)
            #expect(try AmountSum(of: shares, in: .eur).amount() == amount, "seed \(seed): \(amount) by \(weights)")
            let total = weights.reduce(into: Int128(0)) { $0 += Int128($1) }
            for (share, weight) in zip(shares, weights) {
                let distance = Int128(share.minorUnits) * total - Int128(amount.minorUnits) * Int128(weight)
                #expect(distance.magnitude < total.magnitude, "seed \(seed): \(amount) by \(weights)")
                #expect(weight != 0 || share.isZero, "seed \(seed): \(amount) by \(weights)")
            }
        }
    }
}
