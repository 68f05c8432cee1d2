import Ledger
import Storage

/// Finds provider accounts.
package enum ProviderAccountStore {
    /// - Throws: `ProviderAccountRejection.unknownProviderAccount`.
    package static func find(_ code: PathSegment, in work: borrowing UnitOfWork) throws -> ProviderAccount {
        guard let account = try work.find(ProviderAccount.byCode, code.text) else {
            throw ProviderAccountRejection.unknownProviderAccount(code)
        }
        return account
    }

    package static func find(_ code: PathSegment, in rows: Rows) throws -> ProviderAccount? {
        try rows.find(ProviderAccount.byCode, code.text)
    }

    /// Provider accounts in the order they were made, after `previous`, at most `limit`.
    package static func page(
        after previous: ProviderAccountID?, limit: Int, in rows: Rows
    ) throws -> [ProviderAccount] {
        try rows.select(
            ProviderAccount.self, "id > ?2 ORDER BY id LIMIT ?3",
            [.integer(previous?.rawValue ?? 0), .integer(Int64(limit))])
    }

    package static func expectedKey(_ code: PathSegment) -> ExpectedKey { .row(ProviderAccount.byCode, code.text) }
}
