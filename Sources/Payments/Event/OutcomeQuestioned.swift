import EventLog
import JSON

/// A provider's word that would undo what is known. Nothing was booked: the provider is asked, and its answer is believed.
package struct OutcomeQuestioned: EventContent, Hashable {
    package static let type = "summa.payments.outcome.questioned"
    package static let meaning =
        "A provider said what would undo what we know; nothing was booked, and it is asked again."
    package static let subjectMeaning = "the payment"
    package static let fields = [
        ProviderFact.field,
        EventField(
            "look_ups", .list(.identifier(PaymentOperationID.prefix)), "the operations the provider is asked about"),
    ]
    package static let example = PaymentEventExample.outcomeQuestioned

    package let payment: PaymentID
    package let fact: ProviderFact
    package let lookUps: [PaymentOperationID]

    package var subject: String { payment.description }

    package init(payment: PaymentID, fact: ProviderFact, lookUps: [PaymentOperationID]) {
        self.payment = payment
        self.fact = fact
        self.lookUps = lookUps
    }

    package func write(to data: inout JSONWriter) {
        fact.write(to: &data)
        data.beginArray("look_ups")
        for operation in lookUps { data.element(operation.description) }
        data.endArray()
    }

    package init(subject: String, from data: inout JSONFields) throws {
        payment = try PaymentID(subject: subject)
        fact = try ProviderFact(from: &data)
        lookUps = try data.array("look_ups", maxCount: .max).map { element in
            guard let id = element.string.flatMap(PaymentOperationID.init(text:)) else {
                throw EventRejection.malformed("data.look_ups")
            }
            return id
        }
    }
}
