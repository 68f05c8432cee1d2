import EventLog
import JSON
import Ledger

/// A provider's word about something we do not know. Kept until the payment appears, or a person finds it.
package struct FactOrphaned: EventContent, Hashable {
    package static let type = "summa.payments.fact.orphaned"
    package static let meaning =
        "A provider spoke of a payment we do not know; its word is kept until the payment appears."
    package static let subjectMeaning = "the kept fact"
    package static let fields =
        [
            EventField("provider_account", .text, "through which contract it was said"),
            EventField("operation_reference", .text, optional: true, "the reference of ours it echoes"),
            ProviderFact.field,
        ] + WorkItemMembers.fields
    package static let example = PaymentEventExample.factOrphaned

    package let orphan: OrphanFactID
    package let providerAccount: PathSegment
    package let fact: ProviderFact
    package let workItems: WorkItemMembers

    package var subject: String { orphan.description }

    package init(orphan: OrphanFactID, providerAccount: PathSegment, fact: ProviderFact, workItems: WorkItemMembers) {
        self.orphan = orphan
        self.providerAccount = providerAccount
        self.fact = fact
        self.workItems = workItems
    }

    package func write(to data: inout JSONWriter) {
        data.field("provider_account", providerAccount.text)
        data.field("operation_reference", ifPresent: fact.operationReference.flatMap { AllowedText($0) }?.text)
        fact.write(to: &data)
        workItems.write(to: &data)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        orphan = try OrphanFactID(subject: subject)
        providerAccount = try data.logged("provider_account") { PathSegment($0) }
        let operationReference = try data.optionalLogged("operation_reference") { AllowedText($0) }
        fact = try ProviderFact(from: &data, operationReference: operationReference?.text)
        workItems = try WorkItemMembers(from: &data)
    }
}
