import Ledger
import Money
import Payments
import Storage
import SummaTestKit

/// Payments as tests begin with them: merchant `acme`, provider account `sandbox`, 10.00 EUR.
enum Example {
    static let acme = segment("acme")
    static let sandbox = segment("sandbox")
    static let bank = segment("main")
    static let noon = Instant(microseconds: 1_795_694_400_000_000)
    static let method = token("pm_approve")

    static func segment(_ text: String) -> PathSegment {
        guard let segment = PathSegment(text) else { preconditionFailure("\(text) is a segment") }
        return segment
    }

    static func token(_ text: String) -> PaymentMethodToken {
        guard let token = PaymentMethodToken(text) else { preconditionFailure("\(text) is a token") }
        return token
    }

    static func reference(_ text: String) -> ProviderReference {
        guard let reference = ProviderReference(text) else { preconditionFailure("\(text) is a reference") }
        return reference
    }

    /// 1 % and 10 minor units, rounded half up, returned in proportion.
    static func terms(_ currency: Currency = .eur) -> PaymentTerms {
        let fee = FeeTerms(
            .plan(basisPoints: 100, fixed: Amount(minorUnits: 10, currency: currency)), rounding: .halfUp)
        return PaymentTerms(fee: fee, feeOnRefund: .proportional)
    }

    static func free(_ currency: Currency = .eur) -> PaymentTerms {
        PaymentTerms(fee: FeeTerms(.stated(.zero(currency)), rounding: .halfUp), feeOnRefund: .keep)
    }

    static var multipleCaptures: ProviderCapabilities {
        var capabilities = ProviderCapabilities()
        capabilities.multipleCapture = true
        return capabilities
    }

    /// A payment that was just accepted, with the hold of its charge.
    static func accepted(
        _ amount: Amount = .eur(1_000), capture: CaptureMode = .manual, terms: PaymentTerms? = nil
    ) -> FactSubject {
        var payment = Payment(
            id: PaymentID(rawValue: 1), amount: amount, merchant: acme, providerAccount: sandbox, method: method,
            captureMode: capture, terms: terms ?? free(amount.currency), reference: nil, createdAt: noon)
        payment.holds = [OpenHold(id: hold, remaining: amount)]
        let authorization = PaymentOperation(
            id: payment.authorizationOperation, payment: payment.id, kind: .authorization, origin: .request,
            amount: amount, createdAt: noon)
        return FactSubject(payment: payment, authorization: authorization)
    }

    /// The same after the provider was asked.
    static func authorizing(
        _ amount: Amount = .eur(1_000), capture: CaptureMode = .manual, terms: PaymentTerms? = nil
    ) -> FactSubject {
        var subject = accepted(amount, capture: capture, terms: terms)
        subject.payment.authorization = .authorizing
        subject.authorization.state = .submitted
        return subject
    }

    static func authorized(_ amount: Amount = .eur(1_000), terms: PaymentTerms? = nil) throws -> FactSubject {
        var subject = authorizing(amount, terms: terms)
        _ = try subject.take(fact(.authorized(amount)))
        return subject
    }

    static let hold = LedgerTransactionID(rawValue: 101)
    static let refundHold = LedgerTransactionID(rawValue: 102)

    static func fact(
        _ statement: ProviderFact.Statement, movement: String? = nil, origin: ProviderFact.Origin = .notification
    ) -> ProviderFact {
        ProviderFact(
            statement, paymentReference: reference("auth_1"), movementReference: movement.map(reference),
            operationReference: nil, occurredAt: noon, origin: origin)
    }
}

/// Names for the ledger's answers, as a test that books nothing gives them out.
struct LedgerNames {
    private var next: Int64 = 1_000

    /// Gives every booking that records something a name, as the ledger would.
    mutating func record(_ outcome: FactOutcome, in subject: inout FactSubject) {
        for booking in outcome.bookings where booking.draft != nil {
            next += 1
            subject.record(LedgerTransactionID(rawValue: next), for: booking)
        }
    }
}
