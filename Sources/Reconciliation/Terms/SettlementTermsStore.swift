import Storage

/// Finds the terms of all providers of a book; they are a handful.
package enum SettlementTermsStore {
    package static func all(in rows: Rows) throws -> [SettlementTerms] {
        try rows.select(SettlementTerms.self, "provider_account <> '' ORDER BY provider_account")
    }
}
