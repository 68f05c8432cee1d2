import Ledger
import Money
import Storage

/// Our contract with a provider, as far as charges need to know it: its code and what it lets us do.
package struct ProviderAccount: Row, Hashable {
    package let id: ProviderAccountID
    /// Names it in account paths.
    package let code: PathSegment
    package var capabilities = ProviderCapabilities()

    package var key: ProviderAccountID { id }
    package var isOpen: Bool { true }

    package func takes(_ currency: Currency) -> Bool { true }

    package static let byCode = UniqueKey<ProviderAccount, String>("code", columns: ["code"]) { $0.code.text }

    package static let table = TableDefinition<ProviderAccount>(
        "provider_account", .derived, columns: [.integer("id"), .text("code")], uniqueKeys: [byCode])

    package init(id: ProviderAccountID, code: PathSegment) {
        self.id = id
        self.code = code
        capabilities.multipleCapture = true
    }

    package func write(to columns: inout ColumnWriter) {
        columns.key(id)
        columns.text(code.text)
    }

    package init(from columns: inout ColumnReader) throws {
        self.init(id: try columns.key(), code: try columns.parsed("code") { PathSegment($0) })
    }
}

package enum ProviderAccountSchema {
    package static let migration = Migration(33, "provider accounts", [.table(ProviderAccount.table)])
}

package enum ProviderAccountStore {
    /// - Throws: `RequestRejection` when the book has no such contract.
    package static func find(_ code: PathSegment, in work: borrowing UnitOfWork) throws -> ProviderAccount {
        guard let found = try work.find(ProviderAccount.byCode, code.text) else {
            throw RequestRejection(.charge, .unknownProviderAccount)
        }
        return found
    }

    package static func page(
        after previous: ProviderAccountID?, limit: Int, in rows: Rows
    ) throws -> [ProviderAccount] {
        try rows.select(
            ProviderAccount.self, "id > ?2 ORDER BY id LIMIT ?3",
            [.integer(previous?.rawValue ?? 0), .integer(Int64(limit))])
    }
}
