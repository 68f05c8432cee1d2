/// Random numbers that a seed fixes for ever, so that a failing run is run again by its seed (SplitMix64).
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    /// Seeds as the arguments of a test, because the argument of a failed run is printed; many more in a long run.
    package static func seeds(_ count: UInt64) -> ClosedRange<UInt64> {
        1...(Soak.isRequested ? 50 * count : count)
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
