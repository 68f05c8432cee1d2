import EventLog
import Ledger
import Money
import Storage

/// Notes on a payment how much of its captures stands in remittances, and how much of that our bank has shown. The postings
/// are the matcher's own; this tells the payment, in an event of its own.
package enum RecordSettlement {
    /// - Parameters:
    ///   - settled: Gross of captures in the payment's currency, to be added; negative to take back what was wrongly matched,
    ///     at most all of it. Nil where nothing changes.
    ///   - received: Likewise, for what our bank has shown.
    /// - Throws: `SettlementRejection`; then nothing was done.
    package static func perform(
        _ payment: PaymentID, settled: Amount?, received: Amount?, context: EventContext, in work: inout UnitOfWork
    ) throws {
        guard let row = try PaymentStore.find(payment, in: work) else {
            throw SettlementRejection.unknownPayment(payment)
        }
        var hand = PaymentInHand(row)
        do throws(AmountError) {
            if let settled { try hand.payment.amounts.move(settled, in: \.settled) }
            if let received { try hand.payment.amounts.move(received, in: \.received) }
        } catch {
            throw SettlementRejection.arithmetic(payment, error)
        }
        let changes = hand.changes
        guard !changes.payment.isEmpty else { return }
        try hand.append(SettlementRecorded(payment: payment, changes: changes), context: context, in: &work)
    }
}

/// Why a settlement cannot be noted on a payment.
package enum SettlementRejection: Error, Hashable {
    case unknownPayment(PaymentID)
    /// Another currency than the payment's, or a sum beyond its range.
    case arithmetic(PaymentID, AmountError)
}

extension PaymentAmounts {
    /// Adds a signed amount to one of the sums; none becomes negative.
    fileprivate mutating func move(
        _ amount: Amount, in sum: WritableKeyPath<PaymentAmounts, Amount>
    ) throws(AmountError) {
        if amount.isNegative {
            try take(amount.negated(), from: sum)
        } else {
            try add(amount, to: sum)
        }
    }
}
