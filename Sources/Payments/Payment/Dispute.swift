import Ledger
import Money
import Storage

/// A payer's claim through the issuer, as the provider's facts tell it. Answering it is for people.
package struct Dispute: Hashable, Sendable {
    package let id: DisputeID
    package let payment: PaymentID
    /// The provider's name for it.
    package let providerReference: ProviderReference
    package let openedAt: Instant
    package var amount: Amount
    package var state: DisputeState
    /// The hold that reserves the merchant's funds while the outcome is open.
    package var hold: OpenHold?

    package init(
        id: DisputeID, payment: PaymentID, providerReference: ProviderReference, openedAt: Instant, amount: Amount
    ) {
        self.id = id
        self.payment = payment
        self.providerReference = providerReference
        self.openedAt = openedAt
        self.amount = amount
        state = .none
    }

    package var item: OpenItem { OpenItem(.dispute, id.rawValue) }
}

package enum DisputeState: String, Hashable, Sendable, CaseIterable {
    /// Heard of for the first time by the fact in hand.
    case none
    /// The payer's bank asks; no money has moved.
    case inquiry
    case open
    case won
    case lost
}
