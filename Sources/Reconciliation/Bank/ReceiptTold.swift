import EventLog
import JSON
import Storage

package struct ReceiptTold: EventContent, Hashable {
    package static let type = "summa.reconciliation.receipt.told"
    package static let meaning =
        "Payments of a remittance were told that our bank has shown it: those of its lines up to this one."
    package static let subjectMeaning = "the remittance"
    package static let fields = [
        EventField("line", .identifier(StatementLineID.prefix), "the last line whose payment was told")
    ]
    package static let example = ReceiptTold(
        remittance: ReconciliationExample.remittanceID, line: ReconciliationExample.lineID)

    package let remittance: RemittanceID
    package let line: StatementLineID

    package var subject: String { remittance.description }

    package init(remittance: RemittanceID, line: StatementLineID) {
        self.remittance = remittance
        self.line = line
    }

    package func write(to data: inout JSONWriter) {
        data.field("line", line.description)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        guard let remittance = RemittanceID(text: subject) else { throw EventRejection.malformed("subject") }
        self.remittance = remittance
        line = try data.logged("line", StatementLineID.init(text:))
    }
}
