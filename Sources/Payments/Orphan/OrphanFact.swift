import EventLog
import Ledger
import Money
import Storage

/// A provider's word about a payment we do not know yet, kept until it appears.
///
/// A callback can be faster than the answer that tells us the provider's name for the payment. Both are recorded under one
/// lock, so whichever is second finds the other.
package struct OrphanFact: Row, Hashable {
    package let id: OrphanFactID
    package let providerAccount: PathSegment
    package let fact: ProviderFact
    package let heardAt: Instant
    /// The payment it turned out to speak of.
    package var payment: PaymentID?

    package var key: OrphanFactID { id }

    /// Those that name a payment by one reference of the provider's.
    package static let byReference = GroupKey<OrphanFact, PaymentReference.Key>(
        "reference", columns: ["provider_account", "payment_reference"]
    ) { orphan in
        orphan.fact.paymentReference.map { PaymentReference.key(of: $0, at: orphan.providerAccount) }
    }

    package init(id: OrphanFactID, providerAccount: PathSegment, fact: ProviderFact, heardAt: Instant) {
        self.id = id
        self.providerAccount = providerAccount
        self.fact = fact.withoutPrivateText
        self.heardAt = heardAt
    }
}

extension ProviderFact {
    /// The fact as events and rows can hold it: without where the payer has to go, and without an echo of a reference that
    /// was never ours.
    var withoutPrivateText: ProviderFact {
        var statement = statement
        if case .actionRequired(let action) = statement { statement = .actionRequired(.other(type: action.type.text)) }
        return ProviderFact(
            statement, paymentReference: paymentReference, movementReference: movementReference,
            operationReference: operationReference.flatMap { AllowedText($0) }?.text, occurredAt: occurredAt,
            origin: origin)
    }
}
