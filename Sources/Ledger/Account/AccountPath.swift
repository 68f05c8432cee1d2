import Money

/// An account's name: segments joined by colons, the last one the currency's code, `merchant:42:payable:EUR`.
/// At most 128 bytes, so that it can stand in events and indexes without a second, shorter name.
package struct AccountPath: Hashable, Sendable, CustomStringConvertible {
    package let text: String
    package let currencyCode: CurrencyCode

    /// Reads a path of at least one segment and a currency code; nil for other letters, an empty segment or too many bytes.
    /// Whether the code names a currency of the book is decided where the account is opened.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard text.utf8.count <= AccountPath.lengthMax, parts.count >= 2, let last = parts.last,
            let code = CurrencyCode(last), parts.dropLast().allSatisfy({ PathSegment($0) != nil })
        else { return nil }
        self.text = String(text)
        currencyCode = code
    }

    /// The path of `stem` in one currency; nil when the two together are too long, or the stem is empty.
    package init?(stem: [PathSegment], currency: Currency) {
        self.init((stem.map(\.text) + [currency.code.description]).joined(separator: ":"))
    }

    /// The path of a template, `{}` in it standing for its owner. Made for each charge several times, so that it is put
    /// together in one piece and not read again: the parts are in the alphabet of paths already.
    /// - Precondition: every template fits a path, whatever its owner.
    init(filling template: String, with owner: PathSegment?, currency: Currency) {
        let code = currency.code
        var text = ""
        text.reserveCapacity(AccountPath.lengthMax)
        for scalar in template.unicodeScalars where scalar != "}" {
            if scalar == "{" { text += owner?.text ?? "" } else { text.unicodeScalars.append(scalar) }
        }
        text += ":"
        text += code.description
        precondition(text.utf8.count <= AccountPath.lengthMax, "every template fits a path")
        self.text = text
        currencyCode = code
    }

    /// The segments before the currency code.
    package var stem: [Substring] {
        text.split(separator: ":").dropLast()
    }

    package var description: String { text }

    package static let lengthMax = 128
}
