import Ledger
import Storage

/// The names providers have for payments.
package enum PaymentReferenceStore {
    /// The payment a provider calls by this name.
    package static func find(
        _ reference: ProviderReference, at account: PathSegment, in work: borrowing UnitOfWork
    ) throws -> PaymentID? {
        try work.find(PaymentReference.self, PaymentReference.key(of: reference, at: account))?.payment
    }

    /// Notes a name the first time it is heard. A provider that calls two payments the same means the first by it.
    static func note(_ reference: ProviderReference, of payment: Payment, in work: inout UnitOfWork) throws {
        let account = payment.providerAccount
        guard try find(reference, at: account, in: work) == nil else { return }
        work.insert(PaymentReference(reference, at: account, names: payment.id))
    }

    // MARK: Reading

    package static func find(
        _ reference: ProviderReference, at account: PathSegment, in rows: Rows
    ) throws -> PaymentID? {
        try rows.find(PaymentReference.self, PaymentReference.key(of: reference, at: account))?.payment
    }
}
