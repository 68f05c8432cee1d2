import EventLog
import JSON
import Ledger
import Money
import Storage

package struct AdjustmentProposed: EventContent, Hashable {
    package static let type = "summa.reconciliation.adjustment.proposed"
    package static let meaning =
        "A person proposed a ledger transaction for the difference of a break; another decides."
    package static let subjectMeaning = "the adjustment"
    package static let fields =
        [
            EventField("break", .identifier(BreakID.prefix), "the break"),
            EventField("kind", .oneOf(AdjustmentKind.allCases.map(\.rawValue)), "what it says of the difference"),
        ] + EventField.amount("how much of the open amount it takes") + [
            EventField("target", .text, optional: true, "the account identified money belongs on")
        ]
    package static let example = ReconciliationExample.adjustmentProposed

    package let id: AdjustmentID
    package let `break`: BreakID
    package let kind: AdjustmentKind
    package let amount: Amount
    package let target: AccountPath?

    package var subject: String { id.description }

    package init(_ adjustment: Adjustment) {
        id = adjustment.id
        self.break = adjustment.break
        kind = adjustment.kind
        amount = adjustment.amount
        target = adjustment.target
    }

    package func write(to data: inout JSONWriter) {
        data.field("break", self.break.description)
        data.field("kind", kind.rawValue)
        data.fields(amount)
        data.field("target", ifPresent: target?.text)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        guard let id = AdjustmentID(text: subject) else { throw EventRejection.malformed("subject") }
        self.id = id
        self.break = try data.logged("break", BreakID.init(text:))
        kind = try data.logged("kind", AdjustmentKind.init(rawValue:))
        amount = try data.loggedAmount()
        target = try data.optionalLogged("target") { AccountPath($0) }
    }
}

package struct AdjustmentApproved: EventContent, Hashable {
    package static let type = "summa.reconciliation.adjustment.approved"
    package static let meaning = "Another person agreed to an adjustment, and it was posted."
    package static let subjectMeaning = "the adjustment"
    package static let fields = LedgerMembers.fields
    package static let example = ReconciliationExample.adjustmentApproved

    package let id: AdjustmentID
    package let ledger: LedgerMembers

    package var subject: String { id.description }

    package init(id: AdjustmentID, ledger: LedgerMembers) {
        self.id = id
        self.ledger = ledger
    }

    package func write(to data: inout JSONWriter) { ledger.write(to: &data) }

    package init(subject: String, from data: inout JSONFields) throws {
        guard let id = AdjustmentID(text: subject) else { throw EventRejection.malformed("subject") }
        self.id = id
        ledger = try LedgerMembers(from: &data)
    }
}

package struct AdjustmentRejected: EventContent, Hashable {
    package static let type = "summa.reconciliation.adjustment.rejected"
    package static let meaning = "A proposed adjustment was turned down or withdrawn; its break stays open."
    package static let subjectMeaning = "the adjustment"
    package static let fields: [EventField] = []
    package static let example = AdjustmentRejected(id: ReconciliationExample.adjustmentID)

    package let id: AdjustmentID

    package var subject: String { id.description }

    package init(id: AdjustmentID) {
        self.id = id
    }

    package func write(to data: inout JSONWriter) {}

    package init(subject: String, from data: inout JSONFields) throws {
        guard let id = AdjustmentID(text: subject) else { throw EventRejection.malformed("subject") }
        self.id = id
    }
}
