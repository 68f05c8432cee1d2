import EventLog
import JSON

package struct AnswerLost: EventContent, Hashable {
    package static let type = "summa.payments.answer.lost"
    package static let meaning =
        "A provider was asked and its answer was lost: the operation is in doubt, and the provider is asked what became of it."
    package static let subjectMeaning = "the payment"
    package static let fields = PaymentChanges.fields
    package static let example = PaymentEventExample.answerLost

    package let payment: PaymentID
    package let changes: PaymentChanges

    package var subject: String { payment.description }

    package init(payment: PaymentID, changes: PaymentChanges) {
        self.payment = payment
        self.changes = changes
    }

    package func write(to data: inout JSONWriter) { changes.write(to: &data) }

    package init(subject: String, from data: inout JSONFields) throws {
        payment = try PaymentID(subject: subject)
        changes = try PaymentChanges(from: &data)
    }
}
