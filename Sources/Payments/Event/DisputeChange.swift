import EventLog
import JSON
import Money
import Storage

/// Where an event left a dispute. The hold that reserves the merchant's funds follows from its ledger transactions.
package struct DisputeChange: Hashable, Sendable {
    package let id: DisputeID
    /// The provider's name for it, where the event is the first to speak of it.
    package let opened: ProviderReference?
    package let amount: Amount
    package let state: DisputeState

    package init(from old: Dispute?, to new: Dispute) {
        id = new.id
        opened = old == nil ? new.providerReference : nil
        amount = new.amount
        state = new.state
    }

    /// The dispute as the event opened it; nil where it did not.
    package func begun(of payment: PaymentID, at moment: Instant) -> Dispute? {
        guard let opened else { return nil }
        var dispute = Dispute(id: id, payment: payment, providerReference: opened, openedAt: moment, amount: amount)
        dispute.state = state
        return dispute
    }

    package func apply(to dispute: inout Dispute) {
        dispute.amount = amount
        dispute.state = state
    }
}

// MARK: As an object in an event

extension DisputeChange {
    static let fields =
        [
            EventField("id", .identifier(DisputeID.prefix), "the dispute"),
            EventField(
                "provider_reference", .text, optional: true, "the provider's name for it, heard for the first time"),
        ] + EventField.amount("what it is about") + [
            EventField("state", .oneOf(["inquiry", "open", "won", "lost"]), "the state it reached")
        ]

    func write(to data: inout JSONWriter) {
        data.field("id", id.description)
        data.field("provider_reference", ifPresent: opened?.text)
        data.fields(amount)
        data.field("state", state.rawValue)
    }

    init(from fields: inout JSONFields) throws {
        id = try fields.logged("id", DisputeID.init(text:))
        opened = try fields.optionalLogged("provider_reference", ProviderReference.init(_:))
        amount = try fields.loggedAmount()
        state = try fields.logged("state", DisputeState.init(rawValue:))
    }
}
