/// Walks through a text once, from one run of digits to the next.
struct DigitWalk {
    /// Digits with nothing between them, that could be part of a card number.
    struct Run {
        let position: Int
        var digits: [UInt8]
        /// Whether only separators stand between this run and the last one.
        let isJoined: Bool
    }

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var separatorCount = 0
    /// Whether the walk has seen only separators since a run it returned.
    private var isJoinable = false

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    mutating func nextRun() -> Run? {
        while position < scalars.count {
            if let length = uuidLength() {
                position += length
                isJoinable = false
            } else if scalars[position].decimalDigit != nil {
                let run = takeDigits()
                let isWanted = !touchesLetter(run) && !isIdentifier(run) && !isTelephoneNumber(run)
                isJoinable = isWanted
                separatorCount = 0
                if isWanted { return run }
            } else {
                separatorCount += 1
                isJoinable =
                    isJoinable && separatorCount <= DigitGroups.separatorCountMax && scalars[position].isSeparator
                position += 1
            }
        }
        return nil
    }

    private mutating func takeDigits() -> Run {
        var run = Run(position: position, digits: [], isJoined: isJoinable)
        while position < scalars.count, let digit = scalars[position].decimalDigit {
            run.digits.append(digit)
            position += 1
        }
        return run
    }

    private func scalar(at position: Int) -> Unicode.Scalar? {
        scalars.indices.contains(position) ? scalars[position] : nil
    }

    private func isLetter(at position: Int) -> Bool {
        scalar(at: position).map { ("a"..."z").contains($0) || ("A"..."Z").contains($0) } ?? false
    }

    private func touchesLetter(_ run: Run) -> Bool {
        isLetter(at: run.position - 1) || isLetter(at: run.position + run.digits.count)
    }

    /// `pay_` and 13 characters of base32, which all happen to be digits.
    private func isIdentifier(_ run: Run) -> Bool {
        run.digits.count == 13 && scalar(at: run.position - 1) == "_" && isLetter(at: run.position - 2)
    }

    private func isTelephoneNumber(_ run: Run) -> Bool {
        run.digits.count <= 13 && scalar(at: run.position - 1) == "+"
    }
}

extension DigitWalk {
    /// 36 if a UUID begins here (hexadecimal digits 8-4-4-4-12) that is no part of a longer word. Groups of a UUID may
    /// by chance hold digits only.
    private func uuidLength() -> Int? {
        let length = 36
        guard position + length <= scalars.count, scalars[position + 8] == "-" else { return nil }
        guard !isWordPart(at: position - 1), !isWordPart(at: position + length) else { return nil }
        for offset in 0..<length {
            let scalar = scalars[position + offset]
            let isDash = [8, 13, 18, 23].contains(offset)
            guard isDash ? scalar == "-" : scalar.properties.isASCIIHexDigit else { return nil }
        }
        return length
    }

    private func isWordPart(at position: Int) -> Bool {
        isLetter(at: position) || scalar(at: position)?.decimalDigit != nil
    }
}

extension Unicode.Scalar {
    /// The value of a decimal digit of any script (general category Nd), such as `4`, `４` or `٤`.
    fileprivate var decimalDigit: UInt8? {
        if isASCII { return ("0"..."9").contains(self) ? UInt8(truncatingIfNeeded: value) - UInt8(ascii: "0") : nil }
        guard properties.generalCategory == .decimalNumber else { return nil }
        return Character(self).wholeNumberValue.map(UInt8.init)
    }

    /// What stands between groups of digits: spaces, dashes, dots, slashes, underscores, and what shows nothing of its
    /// own (zero-width characters, marks put on a digit). No comma or line break: those part one value from the next.
    fileprivate var isSeparator: Bool {
        switch self {
        case " ", "\t", "-", ".", "_", "/", "\u{B7}", "\u{2022}", "\u{2027}", "\u{2043}", "\u{2212}", "\u{FF0E}",
            "\u{FF0F}", "\u{FF3F}":
            return true
        default:
            guard !isASCII else { return false }
            let separating: [Unicode.GeneralCategory] = [
                .spaceSeparator, .dashPunctuation, .format, .nonspacingMark, .enclosingMark,
            ]
            return separating.contains(properties.generalCategory)
        }
    }
}
