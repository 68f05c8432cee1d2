import EventLog
import JSON

/// A kept fact found its payment. What it did is told by the event after this one.
package struct OrphanAdopted: EventContent, Hashable {
    package static let type = "summa.payments.orphan.adopted"
    package static let meaning = "A kept fact found its payment, and was heard as if it had come just now."
    package static let subjectMeaning = "the kept fact"
    package static let fields = [EventField("payment", .identifier(PaymentID.prefix), "the payment it speaks of")]
    package static let example = PaymentEventExample.orphanAdopted

    package let orphan: OrphanFactID
    package let payment: PaymentID

    package var subject: String { orphan.description }

    package init(orphan: OrphanFactID, payment: PaymentID) {
        self.orphan = orphan
        self.payment = payment
    }

    package func write(to data: inout JSONWriter) { data.field("payment", payment.description) }

    package init(subject: String, from data: inout JSONFields) throws {
        orphan = try OrphanFactID(subject: subject)
        payment = try data.logged("payment", PaymentID.init(text:))
    }
}
