/// A range of issuer identification numbers (the first six digits of a card number) and the lengths in use there.
struct CardNumberRange {
    let prefixes: ClosedRange<Int>
    let lengths: Set<Int>

    private init(_ prefixes: ClosedRange<Int>, _ lengths: Set<Int>) {
        self.prefixes = prefixes
        self.lengths = lengths
    }

    /// The lengths any brand uses.
    static let lengths = 12...19

    static func contains(prefix: Int, length: Int) -> Bool {
        all.contains { $0.prefixes.contains(prefix) && $0.lengths.contains(length) }
    }

    /// The brands' published ranges, taken a little wide where a brand has grown. Withdrawn ranges and cards of single
    /// airlines and shops are left out: each wider range makes more order numbers look like cards.
    private static let all: [CardNumberRange] = [
        .init(400000...499999, [13, 16, 19]),  // Visa, and the national schemes inside its range
        .init(510000...559999, [16]),  // Mastercard
        .init(222100...272099, [16]),  // Mastercard, second series
        .init(340000...349999, [15]),  // American Express
        .init(370000...379999, [15]),  // American Express
        .init(300000...305999, [14, 15, 16, 17, 18, 19]),  // Diners Club
        .init(309500...309599, [14, 15, 16, 17, 18, 19]),  // Diners Club
        .init(360000...369999, [14, 15, 16, 17, 18, 19]),  // Diners Club
        .init(380000...399999, [14, 15, 16, 17, 18, 19]),  // Diners Club
        .init(352800...358999, [16, 17, 18, 19]),  // JCB
        .init(601100...601199, [16, 17, 18, 19]),  // Discover
        .init(644000...659999, [16, 17, 18, 19]),  // Discover; RuPay and Elo share the end
        .init(620000...629999, [16, 17, 18, 19]),  // UnionPay
        .init(810000...817199, [16, 17, 18, 19]),  // UnionPay
        .init(500000...509999, [12, 13, 14, 15, 16, 17, 18, 19]),  // Maestro, Elo, RuPay, Verve
        .init(560000...589999, [12, 13, 14, 15, 16, 17, 18, 19]),  // Maestro
        .init(630000...639999, [12, 13, 14, 15, 16, 17, 18, 19]),  // Maestro, Elo
        .init(670000...679999, [12, 13, 14, 15, 16, 17, 18, 19]),  // Maestro
        .init(600000...609999, [16]),  // RuPay, Hipercard
        .init(817200...829999, [16]),  // RuPay
        .init(220000...220499, [16, 17, 18, 19]),  // Mir
        .init(979200...979299, [16]),  // Troy
    ]
}

/// The check digit of ISO/IEC 7812-1 annex B ("Luhn"), for all lengths of a number at once: digits come from the left,
/// and which of them count double depends on how many will follow.
struct CheckDigitSum {
    private var count = 0
    /// The sum if the digits at even places from the left count double, and if those at odd places do.
    private var evenDoubled = 0
    private var oddDoubled = 0

    mutating func append(_ digit: UInt8) {
        let single = Int(digit)
        let double = single < 5 ? single * 2 : single * 2 - 9
        evenDoubled += count.isMultiple(of: 2) ? double : single
        oddDoubled += count.isMultiple(of: 2) ? single : double
        count += 1
    }

    /// Whether the digits so far are a whole number with its check digit: the last one counts once.
    var isValid: Bool {
        count > 0 && (count.isMultiple(of: 2) ? evenDoubled : oddDoubled).isMultiple(of: 10)
    }
}
