import EventLog
import Ledger
import Storage

/// Finds merchants.
package enum MerchantStore {
    /// - Throws: `MerchantRejection.unknownMerchant`.
    package static func find(_ code: PathSegment, in work: borrowing UnitOfWork) throws -> Merchant {
        guard let merchant = try work.find(Merchant.byCode, code.text) else {
            throw MerchantRejection.unknownMerchant(code)
        }
        return merchant
    }

    package static func find(_ code: PathSegment, in rows: Rows) throws -> Merchant? {
        try rows.find(Merchant.byCode, code.text)
    }

    /// Merchants in the order they were created, after `previous`, at most `limit`.
    package static func page(after previous: MerchantID?, limit: Int, in rows: Rows) throws -> [Merchant] {
        try rows.select(
            Merchant.self, "id > ?2 ORDER BY id LIMIT ?3",
            [.integer(previous?.rawValue ?? 0), .integer(Int64(limit))])
    }

    /// What to name beforehand, so that finding the merchant costs no second round.
    package static func expectedKey(_ code: PathSegment) -> ExpectedKey { .row(Merchant.byCode, code.text) }
}
