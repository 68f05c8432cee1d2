import EventLog
import JSON

/// A provider's word no rule can book. It is kept here, and a person is told: money it speaks of is not lost from sight.
package struct OutcomeUnbookable: EventContent, Hashable {
    package static let type = "summa.payments.outcome.unbookable"
    package static let meaning = "A provider said what cannot be booked; nothing changed, and a person decides."
    package static let subjectMeaning = "the payment"
    package static let fields =
        [
            ProviderFact.field,
            EventField("why", .oneOf(UnbookableReason.allCases.map(\.rawValue)), "what stands against booking it"),
        ] + WorkItemMembers.fields
    package static let example = PaymentEventExample.outcomeUnbookable

    package let payment: PaymentID
    package let fact: ProviderFact
    package let why: UnbookableReason
    package let workItems: WorkItemMembers

    package var subject: String { payment.description }

    package init(payment: PaymentID, fact: ProviderFact, why: UnbookableReason, workItems: WorkItemMembers) {
        self.payment = payment
        self.fact = fact
        self.why = why
        self.workItems = workItems
    }

    package func write(to data: inout JSONWriter) {
        fact.write(to: &data)
        data.field("why", why.rawValue)
        workItems.write(to: &data)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        payment = try PaymentID(subject: subject)
        fact = try ProviderFact(from: &data)
        why = try data.logged("why", UnbookableReason.init(rawValue:))
        workItems = try WorkItemMembers(from: &data)
    }
}

/// Why a fact cannot be booked.
package enum UnbookableReason: String, Hashable, Sendable, CaseIterable {
    /// It states an amount of zero or less.
    case amountNotPositive = "amount_not_positive"
    /// It states amounts of two currencies where one is meant.
    case currencyMismatch = "currency_mismatch"
    /// A sum would leave 64 bits.
    case overflow
    /// The ledger refuses the posting.
    case postingRefused = "posting_refused"
}
