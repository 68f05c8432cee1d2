import EventLog
import Money
import Storage

/// One thing we ask a provider to do, whole: an adapter needs nothing besides it.
package struct ProviderCommand: Hashable, Sendable {
    package let id: ProviderCommandID
    /// The book's name, fixed for ever.
    package let book: String
    package let kind: Kind
    package let amount: Amount
    /// The provider's name for the payment, once an authorization has given it one; nil only for `authorize`.
    package let paymentReference: ProviderReference?

    package enum Kind: Hashable, Sendable {
        case authorize(PaymentMethodToken, capture: CaptureMode)
        /// - Parameter isFinal: No further capture follows: the provider may return the rest of the promise.
        case capture(isFinal: Bool)
        case void
        /// - Parameter capture: The provider's name of the capture to refund, where there is one to name.
        case refund(capture: ProviderReference?)
    }

    package init(
        id: ProviderCommandID, book: String, kind: Kind, amount: Amount, paymentReference: ProviderReference?
    ) {
        self.id = id
        self.book = book
        self.kind = kind
        self.amount = amount
        self.paymentReference = paymentReference
    }

    /// What the provider knows us by; it comes back in facts as `operationReference`.
    package var reference: String { id.description }

    /// The same for every attempt: book and command id.
    package var idempotencyKey: String { "\(book):\(id)" }
}

/// Who decides when an authorization is captured.
package enum CaptureMode: String, Hashable, Sendable, CaseIterable {
    /// The provider captures at once.
    case automatic
    /// We ask for it later.
    case manual
}

/// An opaque token for the payer's way to pay. It is no card number, and nothing can be read from it.
package struct PaymentMethodToken: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// 1 to 128 letters of `[A-Za-z0-9_.:-]`; nil for anything else. Whether it could be a card number is screened apart.
    package init?(_ text: String) {
        guard (1...128).contains(text.utf8.count), text.utf8.allSatisfy(PaymentMethodToken.allows) else { return nil }
        self.text = text
    }

    package var description: String { text }

    private static func allows(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

/// A provider's name for something of its own: a payment, a capture, a refund, a dispute, a notification.
package struct ProviderReference: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// 1 to 128 of the letters that events allow; nil for anything else. The adapter of a provider whose names have other
    /// letters spells them in these, and back.
    package init?(_ text: String) {
        guard AllowedText(text) != nil else { return nil }
        self.text = text
    }

    package var description: String { text }
}
