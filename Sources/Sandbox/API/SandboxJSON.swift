import JSON
import Storage

/// The sandbox's objects as its callers read them. What is absent is left out, never null.
extension JSONWriter {
    mutating func members(of operation: Operation, amountError: Int64 = 0) {
        field("id", operation.id)
        field("object", operation.kind.rawValue)
        field("authorization", operation.authorization)
        field("authorization_reference", operation.authorizationReference)
        field("reference", ifPresent: operation.reference)
        field("status", operation.status.rawValue)
        field("amount", operation.amount + amountError)
        field("currency", operation.currency.code)
        field("fee", ifPresent: operation.fee)
        if operation.kind == .capture { field("final", operation.isFinal) }
        member(decline: operation.decline)
        if operation.status == .actionRequired { member(nextActionOf: operation.authorization) }
        field("created", operation.createdAt.description)
        field("finished", ifPresent: operation.finishedAt?.description)
    }

    mutating func members(of dispute: Dispute, amountError: Int64 = 0) {
        field("id", dispute.id)
        field("object", "dispute")
        field("authorization", dispute.authorization)
        field("authorization_reference", dispute.authorizationReference)
        field("status", dispute.status.rawValue)
        field("amount", dispute.amount + amountError)
        field("currency", dispute.currency.code)
        field("fee", dispute.fee)
        field("created", dispute.openedAt.description)
        field("closed", ifPresent: dispute.closedAt?.description)
    }

    mutating func members(of authorization: Authorization, operations: [Operation]) {
        field("id", authorization.id)
        field("object", "authorization")
        field("reference", authorization.reference)
        field("status", authorization.status)
        field("amount", authorization.amount)
        field("currency", authorization.currency.code)
        field("amount_captured", authorization.sums.captured)
        field("amount_refunded", authorization.sums.refunded)
        field("amount_disputed", authorization.sums.disputed)
        field("payment_method", authorization.token.rawValue)
        field("capture", authorization.captureMode.rawValue)
        member(decline: operations.first { $0.kind == .authorization }?.decline)
        if authorization.outcome == .actionRequired { member(nextActionOf: authorization.id) }
        field("created", authorization.createdAt.description)
        field("expires", authorization.expiresAt.description)
        beginArray("operations")
        for operation in operations { element(operation) }
        endArray()
    }

    mutating func element(_ dispute: Dispute) {
        beginObject()
        members(of: dispute)
        endObject()
    }

    mutating func element(_ operation: Operation) {
        beginObject()
        members(of: operation)
        endObject()
    }

    mutating func element(_ recorded: RecordedEffect) {
        beginObject()
        field("sequence", recorded.sequence)
        field("kind", recorded.effect.kind.rawValue)
        field("authorization", recorded.effect.authorization)
        field("subject", recorded.effect.subject)
        field("reference", ifPresent: recorded.effect.reference)
        field("amount", recorded.effect.amount)
        field("fee", recorded.effect.fee)
        field("currency", recorded.effect.currency.code)
        field("occurred", recorded.effect.occurredAt.description)
        field("day", recorded.effect.day.description)
        endObject()
    }

    mutating func element(_ callback: Callback) {
        beginObject()
        field("id", callback.id)
        field("event", callback.event)
        field("signing", callback.signing.rawValue)
        field("state", callback.state.rawValue)
        field("attempts", callback.attempts)
        field("last_status", ifPresent: callback.lastStatus)
        field("due", callback.dueAt.description)
        endObject()
    }

    mutating func element(_ difference: PlantedDifference) {
        beginObject()
        field("class", difference.class.rawValue)
        field("file", difference.class == .remittanceDiffersBank ? "bank" : "settlement")
        field("line", ifPresent: difference.line.map(Int64.init))
        field("provider_reference", ifPresent: difference.providerReference)
        field("provider_payment", ifPresent: difference.providerPayment)
        field("reference", ifPresent: difference.reference)
        field("remittance", difference.remittance)
        if let expected = difference.expected { member("expected", expected) }
        if let found = difference.found { member("found", found) }
        endObject()
    }

    private mutating func member(_ name: StaticString, _ figure: PlantedDifference.Figure) {
        beginObject(name)
        field("amount", figure.amount)
        field("fee", ifPresent: figure.fee)
        field("currency", figure.currency)
        endObject()
    }

    private mutating func member(decline: DeclineCode?) {
        guard let decline else { return }
        beginObject("decline")
        field("code", decline.code)
        field("message", decline.message)
        endObject()
    }

    private mutating func member(nextActionOf authorization: String) {
        beginObject("next_action")
        field("type", "redirect")
        field("url", "https://payer.sandbox.example/\(authorization)")
        endObject()
    }

    mutating func takeText() -> String {
        String(decoding: takeBytes(), as: UTF8.self)
    }
}

extension JSONWriter {
    /// `{"data": […]}`, as every list is answered.
    static func list(_ elements: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter()
        json.beginObject()
        json.beginArray("data")
        elements(&json)
        json.endArray()
        json.endObject()
        return json.takeText()
    }

    static func array(_ elements: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter()
        json.beginArray()
        elements(&json)
        json.endArray()
        return json.takeText()
    }
}
