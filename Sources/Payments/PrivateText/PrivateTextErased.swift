import EventLog
import JSON

package struct PrivateTextErased: EventContent, Hashable {
    package static let type = "summa.private_text.erased"
    package static let meaning =
        "The private texts of a subject were erased: their key was destroyed, and the hashes in earlier events say nothing any more."
    package static let subjectMeaning = "whose texts they were: a payment, a merchant, a notification"
    package static let fields: [EventField] = []
    package static let example = PrivateTextErased(of: AllowedText(PaymentID(rawValue: 1 << 61)))

    package let owner: AllowedText

    package var subject: String { owner.text }

    package init(of owner: AllowedText) {
        self.owner = owner
    }

    package func write(to data: inout JSONWriter) {}

    package init(subject: String, from data: inout JSONFields) throws {
        guard let owner = AllowedText(subject) else { throw EventRejection.malformed("subject") }
        self.owner = owner
    }
}
