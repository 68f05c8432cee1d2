import EventLog
import JSON
import Ledger
import Money

/// Nothing moved and no row changed; it is recorded so that the same request gets the same answer, and so that what was
/// refused can be shown.
package struct RequestRejected: EventContent, Hashable {
    package static let type = "summa.payments.request.rejected"
    package static let meaning = "A request was refused by a rule of the business. Nothing moved."
    package static let subjectMeaning = "the payment; for a charge, the merchant"
    package static let fields = [
        EventField("kind", .oneOf(RequestKind.allCases.map(\.rawValue)), "what was asked for"),
        EventField("code", .oneOf(RejectionCode.allCases.map(\.rawValue)), "why it was refused"),
        EventField("requested", .object(EventField.amount("what was asked for")), optional: true, "what was asked for"),
        EventField(
            "limit", .object(EventField.amount("what was in the way")), optional: true,
            "what the rule would have let through, or what stood in the way"),
        EventField(
            "status", .oneOf(PaymentStatus.allCases.map(\.rawValue)), optional: true, "where the payment stood"),
        EventField(
            "operation", .identifier(PaymentOperationID.prefix), optional: true, "the operation that was in the way"),
        EventField("account", .text, optional: true, "the account that refused"),
        IdempotencyClaim.field,
    ]
    package static let example = PaymentEventExample.requestRejected

    package let subject: String
    package let rejection: RequestRejection
    package let claim: IdempotencyClaim?

    package init(subject: String, rejection: RequestRejection, claim: IdempotencyClaim?) {
        self.subject = subject
        self.rejection = rejection
        self.claim = claim
    }

    package func write(to data: inout JSONWriter) {
        data.field("kind", rejection.request.rawValue)
        data.field("code", rejection.code.rawValue)
        data.field("requested", ifPresent: rejection.requested)
        data.field("limit", ifPresent: rejection.limit)
        data.field("status", ifPresent: rejection.status?.rawValue)
        data.field("operation", ifPresent: rejection.operation?.description)
        data.field("account", ifPresent: rejection.account?.text)
        claim?.write(to: &data)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        self.subject = subject
        rejection = RequestRejection(
            try data.logged("kind", RequestKind.init(rawValue:)),
            try data.logged("code", RejectionCode.init(rawValue:)),
            requested: try data.optionalLoggedAmount(in: "requested"),
            limit: try data.optionalLoggedAmount(in: "limit"),
            status: try data.optionalLogged("status", PaymentStatus.init(rawValue:)),
            operation: try data.optionalLogged("operation", PaymentOperationID.init(text:)),
            account: try data.optionalLogged("account") { AccountPath($0) })
        claim = try IdempotencyClaim(from: &data)
    }
}
