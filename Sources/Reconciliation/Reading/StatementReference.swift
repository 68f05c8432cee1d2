import EventLog
import Payments

/// A name as it stands in a file: the provider's of a movement, ours of a command, a remittance's, the bank's of a transfer.
///
/// It goes into rows and events in clear, so its letters are those events allow. A name that looks like a card number is
/// cut to what may be shown, with a dot for every hidden digit: it is kept, flagged, and matches nothing any more.
package struct StatementReference: Hashable, Sendable, CustomStringConvertible {
    package let allowed: AllowedText
    /// Whether digits were hidden because they looked like a card number.
    package let isMasked: Bool

    package var text: String { allowed.text }
    package var description: String { text }

    /// Nil for an empty text, one of more than 128 bytes, or letters outside `[A-Za-z0-9_.:/-]`.
    package init?(_ text: some StringProtocol) {
        let screened = CardNumberScreen.masked(String(text))
        let shown = screened.found ? String(screened.text.map { $0 == "*" ? "." : $0 }) : screened.text
        guard let allowed = AllowedText(shown) else { return nil }
        self.allowed = allowed
        isMasked = screened.found
    }

    /// One that was recorded: it was screened when it came.
    package init(recorded allowed: AllowedText, isMasked: Bool = false) {
        self.allowed = allowed
        self.isMasked = isMasked
    }

    /// The same name whatever the case of its letters. Providers tell references apart by case, so that this never makes a
    /// match; it finds what a person should look at.
    package var folded: String { text.lowercased() }
}
