import Ledger
import Storage

/// Which payment a provider means by a name of its own. Written once, when the provider first says the name.
package struct PaymentReference: Row, Hashable {
    package typealias Key = PairKey<String, String>

    package let providerAccount: PathSegment
    package let reference: ProviderReference
    package let payment: PaymentID

    package var key: Key { PaymentReference.key(of: reference, at: providerAccount) }

    package static func key(of reference: ProviderReference, at account: PathSegment) -> Key {
        PairKey(account.text, reference.text)
    }

    package static let table = TableDefinition<PaymentReference>(
        "payment_reference", .recorded, isAppendOnly: true, keyColumnCount: 2,
        columns: [.text("provider_account"), .text("reference"), .integer("payment")])

    package init(_ reference: ProviderReference, at account: PathSegment, names payment: PaymentID) {
        providerAccount = account
        self.reference = reference
        self.payment = payment
    }

    package func write(to columns: inout ColumnWriter) {
        columns.text(providerAccount.text)
        columns.text(reference.text)
        columns.key(payment)
    }

    package init(from columns: inout ColumnReader) throws {
        providerAccount = try columns.parsed("provider_account") { PathSegment($0) }
        reference = try columns.parsed("reference", ProviderReference.init(_:))
        payment = try columns.key()
    }
}
