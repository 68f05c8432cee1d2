import Storage

/// What a posting on a clearing, receivable or suspense account belongs to, so that the account's balance can be told apart
/// into amounts that each have one owner and one age. The items of an account sum to its balance.
package struct OpenItem: Hashable, Sendable {
    package enum Kind: Int64, Hashable, Sendable, CaseIterable {
        case payment = 1
        case remittance = 2
        case dispute = 3
        case payout = 4
        /// A statement line nobody recognised yet.
        case line = 5
        /// A ledger transaction that names nothing else, when a leg of it had to go to suspense.
        case transaction = 6
    }

    package let kind: Kind
    /// The identifier of the thing named by `kind`, within the book.
    package let rawValue: Int64

    package init(_ kind: Kind, _ rawValue: Int64) {
        self.kind = kind
        self.rawValue = rawValue
    }
}

/// The text form is that of the thing itself: the item of a payment reads as the payment does, `pay_0d7w3h5k9m2qa`.
extension OpenItem: CustomStringConvertible {
    package var description: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(20)
        IdentifierText.append(rawValue, prefix: kind.prefix, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads the text form; nil when the prefix is of no kind that has items.
    package init?(text: String) {
        for kind in Kind.allCases {
            guard let value = IdentifierText.value(of: text, prefix: kind.prefix) else { continue }
            self.init(kind, value)
            return
        }
        return nil
    }
}

extension OpenItem.Kind {
    package var prefix: String {
        switch self {
        case .payment: "pay"
        case .remittance: "rem"
        case .dispute: "dsp"
        case .payout: "pot"
        case .line: "lin"
        case .transaction: LedgerTransactionID.prefix
        }
    }
}
