import Money
import Storage

/// Why a refund is refused, in the order checked. What the merchant's own funds allow is the ledger's to say, afterwards.
package enum RefundRejection: Error, Hashable {
    case currencyMismatch(Currency, requested: Currency)
    case amountNotPositive(Amount)
    case nothingCaptured(PaymentStatus)
    /// The payer's bank has taken, or may take, the money already: a refund beside it would pay twice.
    case disputed(Amount)
    case partialRefundUnsupported(captured: Amount, requested: Amount)
    /// The provider takes multiples of `step` minor units only.
    case minorUnitStep(Int64, requested: Amount)
    case exceedsRefundable(refundable: Amount, requested: Amount)
}

extension Payment {
    /// Asks for a refund: reserves the amount under the ceiling. The caller reserves the merchant's funds by row 12.
    /// - Parameter amount: Nil for all that may still be refunded.
    /// - Parameter isForced: Two people decided to refund in spite of an open dispute.
    package mutating func requestRefund(
        of amount: Amount?, isForced: Bool = false, id: PaymentOperationID, from provider: ProviderCapabilities,
        at now: Instant
    ) throws(RefundRejection) -> PaymentOperation {
        if let amount {
            guard amount.currency == currency else { throw .currencyMismatch(currency, requested: amount.currency) }
            guard amount.isPositive else { throw .amountNotPositive(amount) }
        }
        guard amounts.captured.isPositive else { throw .nothingCaptured(status) }
        guard !isDisputed || isForced else { throw .disputed(amounts.disputed) }
        let refundable = amounts.refundable
        guard refundable.isPositive else {
            throw .exceedsRefundable(refundable: refundable, requested: amount ?? amounts.captured)
        }
        let amount = amount ?? refundable
        guard provider.partialRefund || amount == amounts.captured else {
            throw .partialRefundUnsupported(captured: amounts.captured, requested: amount)
        }
        let step = provider.minorUnitStep(of: currency)
        guard amount.minorUnits.isMultiple(of: step) else { throw .minorUnitStep(step, requested: amount) }
        guard amount.minorUnits <= refundable.minorUnits else {
            throw .exceedsRefundable(refundable: refundable, requested: amount)
        }
        amounts.reserve(amount, in: \.refundsInFlight)
        return PaymentOperation(
            id: id, payment: self.id, kind: .refund, origin: .request, amount: amount, createdAt: now)
    }
}
