/// The groups of digits in a text that could be parts of a card number, and the card numbers among them.
///
/// Left out from the beginning are digits that touch a letter `a`–`z` (hashes, tokens, reference words), UUIDs, our
/// identifiers (a prefix, `_` and 13 characters) should they be all digits, and telephone numbers (`+` and up to 13
/// digits). Letters of scripts that are written without spaces do not count as touching.
struct DigitGroups {
    /// Digits with nothing between them.
    struct Group {
        /// Where the first digit stands, in Unicode scalars from the beginning of the text.
        let position: Int
        /// The first digit's place among all digits kept.
        let start: Int
        var count = 0
        /// Whether only separators stand between this group and the one before it in the list.
        let isJoined: Bool
    }

    private(set) var digits: [UInt8] = []
    private(set) var groups: [Group] = []

    static let separatorCountMax = 3

    init(_ text: String) {
        var walk = DigitWalk(text)
        while let run = walk.nextRun() {
            groups.append(
                Group(position: run.position, start: digits.count, count: run.digits.count, isJoined: run.isJoined))
            digits += run.digits
        }
    }

    var containsCardNumber: Bool {
        groups.indices.contains { cardNumberLength(from: $0) != nil }
    }

    /// The positions of all digits to be hidden. Where candidates overlap, a digit is hidden if any of them hides it.
    var hiddenPositions: Set<Int> {
        var hidden: Set<Int> = []
        for index in groups.indices {
            guard let length = cardNumberLength(from: index) else { continue }
            let start = groups[index].start
            hidden.formUnion(positions(of: start + 6..<start + length - 4, from: index))
        }
        return hidden
    }

    private func positions(of digits: Range<Int>, from first: Int) -> [Int] {
        var positions: [Int] = []
        for group in groups[first...] {
            guard group.start < digits.upperBound else { break }
            let part = (group.start..<group.start + group.count).clamped(to: digits)
            positions += part.map { group.position + $0 - group.start }
        }
        return positions
    }

    /// The length of the longest card number made of whole groups from this one on. The longest, because hiding too
    /// little is the worse mistake.
    private func cardNumberLength(from first: Int) -> Int? {
        var grouping = Grouping()
        var sum = CheckDigitSum()
        var longest: Int?
        for index in first..<groups.count {
            let group = groups[index]
            let length = group.start + group.count - groups[first].start
            // Each group holds a digit, so the loop ends after 19 rounds at the latest.
            guard index == first || group.isJoined, length <= CardNumberRange.lengths.upperBound else { break }
            for digit in digits[group.start..<group.start + group.count] { sum.append(digit) }
            grouping.append(group.count)
            if sum.isValid, grouping.isPlausible, isIssued(from: groups[first].start, length: length) {
                longest = length
            }
        }
        return longest
    }

    private func isIssued(from start: Int, length: Int) -> Bool {
        guard CardNumberRange.lengths.contains(length) else { return false }
        let prefix = digits[start..<start + 6].reduce(0) { $0 * 10 + Int($1) }
        return CardNumberRange.contains(prefix: prefix, length: length)
    }
}

/// How a number is cut into groups. People cut card numbers evenly (4-4-4-4, 4-6-5, one by one, or as a spreadsheet
/// cuts thousands); a date followed by another number (2-2-4-8) is not one number.
private struct Grouping {
    private var count = 0
    private var first = 0
    private var last = 0
    /// The size of the groups between the first and the last, nil once they differ.
    private var between: Int? = 0

    mutating func append(_ size: Int) {
        if count == 0 { first = size }
        if count == 2 { between = last }
        if count > 2 && between != last { between = nil }
        last = size
        count += 1
    }

    var isPlausible: Bool {
        if first >= 3 { return true }
        guard count > 2, let between else { return false }
        return first <= between && last <= between
    }
}
