import EventLog
import JSON
import Ledger

/// What a file or a bank's statement says of captures the provider accounted for.
package struct SettlementRecorded: EventContent, Hashable {
    package static let type = "summa.payments.settlement.recorded"
    package static let meaning = "A payment's captures were found in a remittance, or the remittance at our bank."
    package static let subjectMeaning = "the payment"
    package static let fields = PaymentChanges.fields
    package static let example = PaymentEventExample.settlementRecorded

    package let payment: PaymentID
    package let changes: PaymentChanges

    package var subject: String { payment.description }

    package init(payment: PaymentID, changes: PaymentChanges) {
        self.payment = payment
        self.changes = changes
    }

    package func write(to data: inout JSONWriter) {
        changes.write(to: &data)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        payment = try PaymentID(subject: subject)
        changes = try PaymentChanges(from: &data)
    }
}
