import EventLog
import JSON
import Money

/// An operation's change as an object in an event.
extension OperationChange {
    static let fields =
        [
            EventField(
                "id", .identifier(PaymentOperationID.prefix), "the operation; an authorization's is the payment's"),
            EventField(
                "kind", .oneOf(OperationKind.allCases.map(\.rawValue)), optional: true,
                "what it is, where this event begins it"),
            EventField(
                "origin", .oneOf(OperationOrigin.allCases.map(\.rawValue)), optional: true,
                "with `kind`: who began it"),
        ] + EventField.amount(optional: true, "with `kind`: what was asked for or stated") + [
            EventField("final", .boolean, optional: true, "with `kind`: that no capture follows"),
            EventField(
                "state", .oneOf(OperationState.allCases.map(\.rawValue)), optional: true,
                "the state it reached; `requested` for one that begins without"),
            .failure("failure", "with `state`: why it is not a success"),
            EventField("undone", .boolean, optional: true, "whether it failed after it had succeeded"),
            EventField("provider_reference", .text, optional: true, "the provider's name for it"),
        ]

    func write(to data: inout JSONWriter) {
        data.beginObject()
        data.field("id", id.description)
        if let beginning {
            data.field("kind", beginning.kind.rawValue)
            data.field("origin", beginning.origin.rawValue)
            data.fields(beginning.amount)
            if beginning.isFinal { data.field("final", true) }
        }
        data.field("state", ifPresent: state?.rawValue)
        data.field("failure", ifPresent: failure)
        if let isUndone { data.field("undone", isUndone) }
        data.field("provider_reference", ifPresent: providerReference?.text)
        data.endObject()
    }

    init(from object: JSONFields) throws {
        var fields = object
        id = try fields.logged("id", PaymentOperationID.init(text:))
        if let kind = try fields.optionalLogged("kind", OperationKind.init(rawValue:)) {
            beginning = Beginning(
                kind: kind, origin: try fields.logged("origin", OperationOrigin.init(rawValue:)),
                amount: try fields.loggedAmount(), isFinal: try fields.optionalBool("final") ?? false)
        }
        state = try fields.optionalLogged("state", OperationState.init(rawValue:))
        failure = try fields.optionalLoggedFailure("failure")
        isUndone = try fields.optionalBool("undone")
        providerReference = try fields.optionalLogged("provider_reference", ProviderReference.init(_:))
        try fields.finish()
    }
}
