import EventLog
import JSON
import Ledger
import Money
import Storage

/// A payment these books had forgotten begins again. What the provider says of it follows in events of its own.
package struct PaymentRecovered: EventContent, Hashable {
    package static let type = "summa.payments.payment.recovered"
    package static let meaning =
        "A payment that was forgotten when a backup was put back begins again under its number: the provider knew of it."
    package static let subjectMeaning = "the payment; its authorization has the same number"
    package static let fields: [EventField] =
        [
            EventField("merchant", .text, "whose sale it is, by the word of whoever recovered it"),
            EventField("provider_account", .text, "through which contract"),
            EventField("provider_reference", .text, "the provider's name for it, by which it was found"),
            EventField("payment_method", .text, "an opaque token for the payer's way to pay"),
            EventField("capture", .oneOf(CaptureMode.allCases.map(\.rawValue)), "who decides when it is captured"),
        ] + EventField.amount("what the payer was charged") + [PaymentTerms.field] + LedgerMembers.fields
        + WorkItemMembers.fields
    package static let example = PaymentEventExample.paymentRecovered

    package let payment: PaymentID
    package let merchant: PathSegment
    package let providerAccount: PathSegment
    package let providerReference: ProviderReference
    package let method: PaymentMethodToken
    package let captureMode: CaptureMode
    package let amount: Amount
    package let terms: PaymentTerms
    package let ledger: LedgerMembers
    package let workItems: WorkItemMembers

    package var subject: String { payment.description }

    /// - Parameter name: The provider's name for it.
    package init(
        _ payment: Payment, knownAs name: ProviderReference, ledger: LedgerMembers,
        workItems: WorkItemMembers = WorkItemMembers()
    ) {
        self.payment = payment.id
        merchant = payment.merchant
        providerAccount = payment.providerAccount
        providerReference = name
        method = payment.method
        captureMode = payment.captureMode
        amount = payment.amounts.requested
        terms = payment.terms
        self.ledger = ledger
        self.workItems = workItems
    }

    package func write(to data: inout JSONWriter) {
        data.field("merchant", merchant.text)
        data.field("provider_account", providerAccount.text)
        data.field("provider_reference", providerReference.text)
        data.field("payment_method", method.text)
        data.field("capture", captureMode.rawValue)
        data.fields(amount)
        terms.write(to: &data)
        ledger.write(to: &data)
        workItems.write(to: &data)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        payment = try PaymentID(subject: subject)
        merchant = try data.logged("merchant") { PathSegment($0) }
        providerAccount = try data.logged("provider_account") { PathSegment($0) }
        providerReference = try data.logged("provider_reference", ProviderReference.init(_:))
        method = try data.logged("payment_method", PaymentMethodToken.init(_:))
        captureMode = try data.logged("capture", CaptureMode.init(rawValue:))
        amount = try data.loggedAmount()
        terms = try PaymentTerms(from: &data, currency: amount.currency)
        ledger = try LedgerMembers(from: &data)
        workItems = try WorkItemMembers(from: &data)
    }
}

extension PaymentRecovered {
    /// The row it began, by the event alone: sent, and its outcome not heard.
    package func row(at moment: Instant, sequence: Int64) throws -> PaymentRow {
        guard let hold = ledger.transactions.first(where: { $0.phase == .pending })?.id else {
            throw EventRejection.missing("data.ledger")
        }
        var payment = Payment(
            id: payment, amount: amount, merchant: merchant, providerAccount: providerAccount, method: method,
            captureMode: captureMode, terms: terms, reference: nil, createdAt: moment)
        payment.authorization = .authorizing
        payment.holds = [OpenHold(id: hold, remaining: amount)]
        return PaymentRow(payment, authorizationState: .submitted, hold: hold, sequence: sequence)
    }
}
