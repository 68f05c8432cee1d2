import EventLog
import JSON
import Ledger
import Storage

/// One event for all that is sent at once: from here on only the provider knows what became of these operations.
package struct CommandsSubmitted: EventContent, Hashable {
    package static let type = "summa.payments.commands.submitted"
    package static let meaning =
        "Operations are about to be sent to their provider; from here on they may have happened."
    package static let subjectMeaning = "the provider account"
    package static let fields = [
        EventField(
            "operations",
            .list(
                .object([
                    EventField("payment", .identifier(PaymentID.prefix), "the payment"),
                    EventField(
                        "operation", .identifier(PaymentOperationID.prefix), optional: true,
                        "the operation; absent for the payment's authorization"),
                ])), "what is sent")
    ]
    package static let example = PaymentEventExample.commandsSubmitted

    package let providerAccount: PathSegment
    package let operations: [Sent]

    package struct Sent: Hashable, Sendable {
        package let payment: PaymentID
        package let operation: PaymentOperationID

        package init(payment: PaymentID, operation: PaymentOperationID) {
            self.payment = payment
            self.operation = operation
        }

        package var isAuthorization: Bool { operation.rawValue == payment.rawValue }
    }

    package var subject: String { providerAccount.text }

    package init(providerAccount: PathSegment, operations: [Sent]) {
        self.providerAccount = providerAccount
        self.operations = operations
    }

    package func write(to data: inout JSONWriter) {
        data.beginArray("operations")
        for sent in operations {
            data.beginObject()
            data.field("payment", sent.payment.description)
            if !sent.isAuthorization { data.field("operation", sent.operation.description) }
            data.endObject()
        }
        data.endArray()
    }

    package init(subject: String, from data: inout JSONFields) throws {
        guard let account = PathSegment(subject) else { throw EventRejection.malformed("subject") }
        providerAccount = account
        operations = try data.objects("operations", maxCount: .max).map { object in
            var fields = object
            let payment = try fields.logged("payment", PaymentID.init(text:))
            let operation = try fields.optionalLogged("operation", PaymentOperationID.init(text:))
            try fields.finish()
            return Sent(payment: payment, operation: operation ?? PaymentOperationID(rawValue: payment.rawValue))
        }
    }
}
