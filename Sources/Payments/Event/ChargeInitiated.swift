import EventLog
import JSON
import Ledger
import Money
import Storage

package struct ChargeInitiated: EventContent, Hashable {
    package static let type = "summa.payments.charge.initiated"
    package static let meaning =
        "A charge was accepted: a payment begins, its amount is held, and its provider will be asked to authorize it."
    package static let subjectMeaning = "the payment; its authorization has the same number"
    package static let fields: [EventField] =
        [
            EventField("merchant", .text, "whose sale it is"),
            EventField("provider_account", .text, "through which contract"),
            EventField("payment_method", .text, "an opaque token for the payer's way to pay"),
            EventField("capture", .oneOf(CaptureMode.allCases.map(\.rawValue)), "who decides when it is captured"),
            EventField("reference", .text, optional: true, "the caller's own name for the order"),
        ] + EventField.amount("what the payer is charged") + [
            PaymentTerms.field,
            EventField("description", .hash, optional: true, "of the caller's words"),
            EventField("metadata", .hash, optional: true, "of the caller's own names and values"),
            IdempotencyClaim.field,
        ] + LedgerMembers.fields
    package static let example = PaymentEventExample.chargeInitiated

    package let payment: PaymentID
    package let merchant: PathSegment
    package let providerAccount: PathSegment
    package let method: PaymentMethodToken
    package let captureMode: CaptureMode
    package let reference: ExternalID?
    package let amount: Amount
    package let terms: PaymentTerms
    package let description: SaltedHash?
    package let metadata: SaltedHash?
    package let claim: IdempotencyClaim?
    package let ledger: LedgerMembers

    package var subject: String { payment.description }

    package init(
        _ payment: Payment, description: SaltedHash?, metadata: SaltedHash?, claim: IdempotencyClaim?,
        ledger: LedgerMembers
    ) {
        self.payment = payment.id
        merchant = payment.merchant
        providerAccount = payment.providerAccount
        method = payment.method
        captureMode = payment.captureMode
        reference = payment.reference
        amount = payment.amounts.requested
        terms = payment.terms
        self.description = description
        self.metadata = metadata
        self.claim = claim
        self.ledger = ledger
    }

    package func write(to data: inout JSONWriter) {
        data.field("merchant", merchant.text)
        data.field("provider_account", providerAccount.text)
        data.field("payment_method", method.text)
        data.field("capture", captureMode.rawValue)
        data.field("reference", ifPresent: reference?.text)
        data.fields(amount)
        terms.write(to: &data)
        data.field("description", ifPresent: description?.description)
        data.field("metadata", ifPresent: metadata?.description)
        claim?.write(to: &data)
        ledger.write(to: &data)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        payment = try PaymentID(subject: subject)
        merchant = try data.logged("merchant") { PathSegment($0) }
        providerAccount = try data.logged("provider_account") { PathSegment($0) }
        method = try data.logged("payment_method", PaymentMethodToken.init(_:))
        captureMode = try data.logged("capture", CaptureMode.init(rawValue:))
        reference = try data.optionalLogged("reference", ExternalID.init(_:))
        amount = try data.loggedAmount()
        terms = try PaymentTerms(from: &data, currency: amount.currency)
        description = try data.optionalLoggedHash("description")
        metadata = try data.optionalLoggedHash("metadata")
        claim = try IdempotencyClaim(from: &data)
        ledger = try LedgerMembers(from: &data)
    }
}

extension ChargeInitiated {
    /// The hold the charge placed.
    var hold: LedgerTransactionID? { ledger.transactions.first { $0.phase == .pending }?.id }

    /// The row the charge began, by the event alone.
    package func row(at moment: Instant, sequence: Int64) throws -> PaymentRow {
        guard let hold else { throw EventRejection.missing("data.ledger") }
        var payment = Payment(
            id: payment, amount: amount, merchant: merchant, providerAccount: providerAccount, method: method,
            captureMode: captureMode, terms: terms, reference: reference, createdAt: moment)
        payment.holds = [OpenHold(id: hold, remaining: amount)]
        return PaymentRow(payment, hold: hold, sequence: sequence)
    }
}
