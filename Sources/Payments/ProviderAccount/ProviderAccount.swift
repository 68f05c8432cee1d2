import Ledger
import Money
import Storage

/// Our contract with a provider. Receivables hang on it; how its provider is reached lies apart, sealed
/// (`ProviderConnection`).
package struct ProviderAccount: Row, Hashable {
    package let id: ProviderAccountID
    /// Its name in account paths and charges, for ever.
    package let code: PathSegment
    /// Which provider it is with: the name of the adapter that speaks its language.
    package let provider: PathSegment
    package var terms: ProviderAccountTerms
    /// Whether charges may name it. What its provider says is heard in any case.
    package var isOpen: Bool
    package let createdAt: Instant

    package var key: ProviderAccountID { id }
    package var capabilities: ProviderCapabilities { terms.capabilities }

    /// The provider that is none. A live book refuses it.
    package static let sandbox = "sandbox"

    package static let byCode = UniqueKey<ProviderAccount, String>("code", columns: ["code"]) { $0.code.text }

    package static let table = TableDefinition<ProviderAccount>(
        "provider_account", .recorded,
        columns: [
            .integer("id"),
            .text("code", check: "length(code) BETWEEN 1 AND 64"),
            .text("provider", check: "length(provider) BETWEEN 1 AND 64"),
        ] + ProviderAccountTerms.columns + [
            .integer("is_open", check: "is_open IN (0, 1)"),
            .integer("created_at"),
        ],
        uniqueKeys: [byCode])

    package init(
        id: ProviderAccountID, code: PathSegment, provider: PathSegment, terms: ProviderAccountTerms,
        isOpen: Bool = true, createdAt: Instant
    ) {
        self.id = id
        self.code = code
        self.provider = provider
        self.terms = terms
        self.isOpen = isOpen
        self.createdAt = createdAt
    }

    /// Whether it is charged in.
    package func takes(_ currency: Currency) -> Bool { terms.currencies.contains(currency.code) }

    package func write(to columns: inout ColumnWriter) {
        columns.key(id)
        columns.text(code.text)
        columns.text(provider.text)
        terms.write(to: &columns)
        columns.boolean(isOpen)
        columns.instant(createdAt)
    }

    package init(from columns: inout ColumnReader) throws {
        id = try columns.key()
        code = try columns.parsed("code") { PathSegment($0) }
        provider = try columns.parsed("provider") { PathSegment($0) }
        terms = try ProviderAccountTerms(from: &columns)
        isOpen = columns.boolean()
        createdAt = columns.instant()
    }
}

/// Why something asked of a provider account is refused, in the order checked.
package enum ProviderAccountRejection: Error, Hashable {
    case unknownProviderAccount(PathSegment)
    /// A contract settles in at least one currency.
    case noCurrency
    /// A step of less than one minor unit.
    case minorUnitStep(Int64)
    /// A live book moves money, and the sandbox does not.
    case sandboxInLiveBook(PathSegment)
    /// Another account has this code, or this one with other terms or another connection.
    case codeTaken(PathSegment)
}
