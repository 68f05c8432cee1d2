/// SplitMix64, as Vigna published it: the same seed gives the same choices on every machine.
package struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    /// Any number of the range, all as likely.
    mutating func number(in range: ClosedRange<Int64>) -> Int64 {
        let (width, overflow) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
        precondition(!overflow, "a range narrower than 2⁶³")
        return range.lowerBound + Int64(next(upperBound: UInt64(width) + 1))
    }

    mutating func index(below count: Int) -> Int {
        Int(next(upperBound: UInt64(count)))
    }

    mutating func coin() -> Bool {
        next() & 1 == 0
    }

    /// SplitMix64's finishing step. It is a bijection, so that mixing a counter never gives one value twice.
    static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number that depends on the seed and every byte of the text (FNV-1a, mixed).
    static func hash(_ text: String, seed: UInt64) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ mix(seed)
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return mix(hash)
    }
}
