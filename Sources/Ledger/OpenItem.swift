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
    }

    package let kind: Kind
    /// The identifier of the thing named by `kind`, within the book.
    package let rawValue: Int64

    package init(_ kind: Kind, _ rawValue: Int64) {
        self.kind = kind
        self.rawValue = rawValue
    }
}
