/// Which sign a written number may carry. A request's amount has none, a statement's may.
package enum WrittenSign: Sendable, Hashable {
    /// Neither: a number without sign.
    case none
    /// A minus before negative numbers, as we write ourselves.
    case minus
    /// A minus or a plus.
    case plusOrMinus
}

/// Why a text is not the number that was asked for, in the order the checks are made.
package enum DecimalTextError: Error, Hashable {
    /// Not by the grammar: an optional sign, digits without needless leading zeros, and optionally a point and digits.
    case malformed
    /// Too large, in whichever part.
    case outOfRange
    /// More digits after the point than the currency or number has, even if they are zeros.
    case tooManyFractionDigits(Int, allowed: Int)
}

/// A number as it is written, "-12.30": what was read, before anybody decides what it counts.
///
/// No locale, no grouping, no exponent, no blanks; ASCII digits only. "1.", ".5" and "007" are refused: a field in
/// such a shape is more likely damaged or misread than meant.
struct DecimalText {
    private(set) var isNegative = false
    /// The digits without point and sign.
    private(set) var magnitude: UInt128 = 0
    private(set) var fractionDigits = 0

    init(_ bytes: some Sequence<UInt8>, sign: WrittenSign) throws(DecimalTextError) {
        var rest = bytes.makeIterator()
        var next = rest.next()
        if let byte = next, Self.isSign(byte, allowed: sign) {
            isNegative = byte == UInt8(ascii: "-")
            next = rest.next()
        }
        let startsWithZero = next == UInt8(ascii: "0")
        let wholeDigits = try readDigits(&next, &rest)
        guard wholeDigits == 1 || (wholeDigits > 1 && !startsWithZero) else { throw .malformed }
        if next == UInt8(ascii: ".") {
            next = rest.next()
            fractionDigits = try readDigits(&next, &rest)
            guard fractionDigits > 0 else { throw .malformed }
        }
        guard next == nil else { throw .malformed }
    }

    /// Takes a run of digits and returns how many there were.
    private mutating func readDigits(
        _ next: inout UInt8?, _ rest: inout some IteratorProtocol<UInt8>
    ) throws(DecimalTextError) -> Int {
        var count = 0
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            let (tens, tooLarge) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, tooLargeByOne) = tens.addingReportingOverflow(UInt128(byte - UInt8(ascii: "0")))
            guard !tooLarge, !tooLargeByOne else { throw .outOfRange }
            magnitude = sum
            count += 1
            next = rest.next()
        }
        return count
    }

    private static func isSign(_ byte: UInt8, allowed: WrittenSign) -> Bool {
        switch byte {
        case UInt8(ascii: "-"): allowed != .none
        case UInt8(ascii: "+"): allowed == .plusOrMinus
        default: false
        }
    }
}

extension DecimalText {
    /// Writes a number of the same grammar, with exactly this many digits after the point.
    static func write(_ magnitude: some FixedWidthInteger, isNegative: Bool, fractionDigits: Int) -> String {
        var digits = String(magnitude)
        if digits.utf8.count <= fractionDigits {
            digits = String(repeating: "0", count: fractionDigits + 1 - digits.utf8.count) + digits
        }
        let sign = isNegative ? "-" : ""
        guard fractionDigits > 0 else { return sign + digits }
        return sign + digits.dropLast(fractionDigits) + "." + digits.suffix(fractionDigits)
    }
}
