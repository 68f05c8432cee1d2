import EventLog
import JSON
import Ledger

/// A provider's word that was believed and booked.
package struct OutcomeRecorded: EventContent, Hashable {
    package static let type = "summa.payments.outcome.recorded"
    package static let meaning =
        "A provider said that something has happened to a payment, and it was booked; where it broke a rule, flagged."
    package static let subjectMeaning = "the payment"
    package static let fields =
        [
            ProviderFact.field,
            EventField("next_action_url", .hash, optional: true, "of the address the payer has to go to"),
        ] + PaymentChanges.fields + LedgerMembers.fields + WorkItemMembers.fields
    package static let example = PaymentEventExample.outcomeRecorded

    package let payment: PaymentID
    package let fact: ProviderFact
    package let nextActionURL: SaltedHash?
    package let changes: PaymentChanges
    package let ledger: LedgerMembers
    package let workItems: WorkItemMembers

    package var subject: String { payment.description }

    package init(
        payment: PaymentID, fact: ProviderFact, nextActionURL: SaltedHash? = nil, changes: PaymentChanges,
        ledger: LedgerMembers, workItems: WorkItemMembers = WorkItemMembers()
    ) {
        self.payment = payment
        self.fact = fact
        self.nextActionURL = nextActionURL
        self.changes = changes
        self.ledger = ledger
        self.workItems = workItems
    }

    package func write(to data: inout JSONWriter) {
        fact.write(to: &data)
        data.field("next_action_url", ifPresent: nextActionURL?.description)
        changes.write(to: &data)
        ledger.write(to: &data)
        workItems.write(to: &data)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        payment = try PaymentID(subject: subject)
        fact = try ProviderFact(from: &data)
        nextActionURL = try data.optionalLoggedHash("next_action_url")
        changes = try PaymentChanges(from: &data)
        ledger = try LedgerMembers(from: &data)
        workItems = try WorkItemMembers(from: &data)
    }
}
