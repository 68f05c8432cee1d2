import Payments
import Synchronization

/// Numbers that a seed fixes for ever (SplitMix64): the same draws in the same order, whoever runs it and wherever.
package struct Chance: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A source of its own, whose draws move no other's: how often the product asks for random bytes, for instance, decides
    /// nothing about what happens next.
    mutating func split() -> Chance { Chance(seed: next()) }

    /// Whether something happens that does so once in `count` times.
    mutating func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

    /// The place of one of so many.
    mutating func index(below count: Int) -> Int { Int.random(in: 0..<count, using: &self) }

    /// One of several, each as likely as its weight says. Weights of zero are never taken.
    mutating func pick<Choice>(_ choices: [(weight: Int, choice: Choice)]) -> Choice {
        var drawn = Int.random(in: 0..<choices.reduce(0) { $0 + $1.weight }, using: &self)
        for (weight, choice) in choices {
            drawn -= weight
            if drawn < 0 { return choice }
        }
        preconditionFailure("the weights add up to what was drawn from")
    }
}

/// The random bytes the product asks for: keys, salts, names of requests.
final class SeededBytes: RandomSource {
    private let chance: Mutex<Chance>

    init(_ chance: Chance) {
        self.chance = Mutex(chance)
    }

    func bytes(_ count: Int) -> [UInt8] {
        chance.withLock { chance in
            (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &chance) }
        }
    }
}
