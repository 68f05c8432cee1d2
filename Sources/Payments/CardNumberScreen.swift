/// Finds card numbers in text that should hold none.
///
/// Card numbers belong in the vault and nowhere else. Yet people paste them into references and descriptions, and
/// providers echo them in callbacks; so every string from outside is screened before it is stored. The screen is
/// against carelessness. Whoever wants to smuggle a number past it can spell it out in words.
///
/// A card number is 12 to 19 decimal digits (ISO/IEC 7812-1) of any script, in one piece or in groups, that begin with
/// a range some brand issues, have a length that brand uses, and satisfy the check digit. Between groups may stand up
/// to three separators: spaces of any width, tabs, dashes, dots, slashes, underscores, and characters that show
/// nothing. See `DigitGroups` for what is left alone: digits inside words, UUIDs, our own identifiers, telephone
/// numbers; and `CardNumberRange` for the brands. One in ten numbers of a brand's range satisfies the check digit by
/// chance: such an order number is taken for a card number, and no screen could tell.
///
/// The screen reads text, not its encodings: JSON escapes and percent signs are to be decoded first. Numbers in
/// separate strings, on separate lines or with commas between are not put together. Time is linear in the text.
package enum CardNumberScreen {
    package static func containsCardNumber(_ text: String) -> Bool {
        hasEnoughDigits(text) && DigitGroups(text).containsCardNumber
    }

    /// The text with every card number cut to what PCI DSS 3.4.1 lets people see, its first six and last four digits;
    /// the digits between become `*`. Separators stay. Without a card number the text comes back as it was.
    package static func masked(_ text: String) -> (text: String, found: Bool) {
        guard hasEnoughDigits(text) else { return (text, false) }
        let hidden = DigitGroups(text).hiddenPositions
        guard !hidden.isEmpty else { return (text, false) }
        var masked = String.UnicodeScalarView()
        for (position, scalar) in text.unicodeScalars.enumerated() {
            masked.append(hidden.contains(position) ? "*" : scalar)
        }
        return (String(masked), true)
    }

    /// Sends nearly all text home at once: no card number goes past a letter `a`–`z`. A byte beyond ASCII may be part
    /// of a digit of another script.
    private static func hasEnoughDigits(_ text: String) -> Bool {
        var count = 0
        for byte in text.utf8 where count < CardNumberRange.lengths.lowerBound {
            if byte >= 0x80 || byte &- UInt8(ascii: "0") <= 9 { count += 1 }
            if (byte | 0x20) &- UInt8(ascii: "a") < 26 { count = 0 }
        }
        return count >= CardNumberRange.lengths.lowerBound
    }
}
