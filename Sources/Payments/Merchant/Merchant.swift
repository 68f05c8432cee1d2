import Ledger
import Storage

/// Whose sale a payment is, and to whom we owe what was captured. How it is called is kept as private text: a merchant may
/// be a person.
package struct Merchant: Row, Hashable {
    package let id: MerchantID
    /// Its name in account paths and charges, for ever.
    package let code: PathSegment
    package var terms: MerchantTerms
    package let createdAt: Instant

    package var key: MerchantID { id }

    package static let byCode = UniqueKey<Merchant, String>("code", columns: ["code"]) { $0.code.text }

    package static let table = TableDefinition<Merchant>(
        "merchant", .recorded,
        columns: [.integer("id"), .text("code", check: "length(code) BETWEEN 1 AND 64")] + MerchantTerms.columns
            + [.integer("created_at")],
        uniqueKeys: [byCode])

    package init(id: MerchantID, code: PathSegment, terms: MerchantTerms, createdAt: Instant) {
        self.id = id
        self.code = code
        self.terms = terms
        self.createdAt = createdAt
    }

    package func write(to columns: inout ColumnWriter) {
        columns.key(id)
        columns.text(code.text)
        terms.write(to: &columns)
        columns.instant(createdAt)
    }

    package init(from columns: inout ColumnReader) throws {
        id = try columns.key()
        code = try columns.parsed("code") { PathSegment($0) }
        terms = try MerchantTerms(from: &columns)
        createdAt = columns.instant()
    }
}

/// Why something asked of a merchant is refused, in the order checked.
package enum MerchantRejection: Error, Hashable {
    case unknownMerchant(PathSegment)
    /// Another merchant has this code, or this one with other terms or name.
    case codeTaken(PathSegment)
}
