import EventLog
import JSON
import Storage

/// What an event changed of one payment, its operations and a dispute: the members `payment`, `operations` and `dispute`.
///
/// Written as differences, so that the rows follow from the log by adding up, whatever rule made the differences.
package struct PaymentChanges: Hashable, Sendable {
    package var payment: PaymentChange
    package var operations: [OperationChange]
    package var dispute: DisputeChange?

    package init(
        payment: PaymentChange = PaymentChange(), operations: [OperationChange] = [], dispute: DisputeChange? = nil
    ) {
        self.payment = payment
        self.operations = operations
        self.dispute = dispute
    }

    static let fields = [
        EventField("payment", .object(PaymentChange.fields), optional: true, "what changed of the payment itself"),
        EventField(
            "operations", .list(.object(OperationChange.fields)), optional: true,
            "the operations that began or changed"),
        EventField("dispute", .object(DisputeChange.fields), optional: true, "the dispute that was opened or changed"),
    ]

    func write(to data: inout JSONWriter) {
        if !payment.isEmpty {
            data.beginObject("payment")
            payment.write(to: &data)
            data.endObject()
        }
        if !operations.isEmpty {
            data.beginArray("operations")
            for operation in operations { operation.write(to: &data) }
            data.endArray()
        }
        if let dispute {
            data.beginObject("dispute")
            dispute.write(to: &data)
            data.endObject()
        }
    }

    init(from data: inout JSONFields) throws {
        self.init()
        if var fields = try data.optionalObject("payment") {
            payment = try PaymentChange(from: &fields)
            try fields.finish()
        }
        let elements = try data.optionalArray("operations", maxCount: .max) ?? []
        operations = try elements.enumerated().map { place, element in
            try OperationChange(from: JSONFields(element, at: data.path.member("operations").element(place)))
        }
        if var fields = try data.optionalObject("dispute") {
            dispute = try DisputeChange(from: &fields)
            try fields.finish()
        }
    }
}
