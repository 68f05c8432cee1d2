import Ledger
import Money
import Storage

/// One movement of money as a provider accounts for it.
package struct SettlementLine: Hashable, Sendable {
    /// Its place among the movements of the file, counted from 1.
    package let number: Int64
    package let kind: MovementKind
    /// The provider's name for the movement.
    package let providerReference: StatementReference
    /// The provider's name for the payment it belongs to, where the file gives both.
    package let providerPayment: StatementReference?
    /// Our name for what we asked for, echoed.
    package let reference: StatementReference?
    package let occurredAt: Instant?
    package let date: BookingDate
    /// Signed from our side: negative where the provider takes.
    package let gross: Amount
    /// What the provider keeps of it: gross less net, whatever the line calls it.
    package let fee: Amount
    /// What reaches us.
    package let net: Amount
    /// The fee as the line calls it, where that is not gross less net. What has moved is believed, and the rest is a break.
    package let statedFee: Amount?
    package let remittance: StatementReference

    /// - Throws: `AmountError` when gross less net does not fit, or the currencies differ.
    package init(
        number: Int64, kind: MovementKind, providerReference: StatementReference, providerPayment: StatementReference?,
        reference: StatementReference?, occurredAt: Instant?, date: BookingDate, gross: Amount, net: Amount,
        statedFee: Amount? = nil, remittance: StatementReference
    ) throws(AmountError) {
        self.number = number
        self.kind = kind
        self.providerReference = providerReference
        self.providerPayment = providerPayment
        self.reference = reference
        self.occurredAt = occurredAt
        self.date = date
        self.gross = gross
        self.net = net
        let kept = try gross.subtracting(net)
        fee = kept
        self.statedFee = statedFee == kept ? nil : statedFee
        self.remittance = remittance
    }

    package var currency: Currency { gross.currency }

    /// Whether some name in it looked like a card number and was masked.
    package var holdsCardNumber: Bool {
        [providerReference, providerPayment, reference, remittance].contains { $0?.isMasked == true }
    }
}

/// What a line of a provider's file is about. The names are for ever: they stand in events.
package enum MovementKind: String, Hashable, Sendable, CaseIterable {
    /// A capture.
    case charge
    /// A capture that failed after it had succeeded.
    case chargeReversal = "charge_reversal"
    case refund
    /// A refund that failed after it had succeeded.
    case refundReversal = "refund_reversal"
    case chargeback
    case chargebackReversal = "chargeback_reversal"
    /// What the provider takes for a dispute.
    case disputeFee = "dispute_fee"
    /// The part of it that it gives back.
    case disputeFeeReturn = "dispute_fee_return"
}
