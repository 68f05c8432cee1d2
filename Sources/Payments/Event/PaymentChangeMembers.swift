import EventLog
import JSON

/// A payment's change as members of an event.
extension PaymentChange {
    static let fields = [
        EventField(
            "authorization", .oneOf(AuthorizationState.allCases.map(\.rawValue)), optional: true,
            "what has become of the issuer's promise"),
        EventField("next_action", .text, optional: true, "with `authorization`: what the payer has to do"),
        EventField(
            "moved", .object(PaymentSum.allCases.map { EventField($0.rawValue, .integer, optional: true, $0.meaning) }),
            optional: true, "by how much each sum moved, in minor units of the payment's currency"),
        EventField(
            "flags", .list(.oneOf(PaymentFlags.names.map(\.name))), optional: true, "what sets it apart from now on"),
        .failure("failure", "why it did not succeed"),
        EventField("failure_cleared", .boolean, optional: true, "that an earlier failure no longer holds"),
        EventField("provider_reference", .text, optional: true, "the provider's name for it, heard for the first time"),
    ]

    func write(to data: inout JSONWriter) {
        data.field("authorization", ifPresent: authorization?.rawValue)
        data.field("next_action", ifPresent: nextAction?.text)
        if !moved.isEmpty {
            data.beginObject("moved")
            for sum in PaymentSum.allCases {
                if let minorUnits = moved[sum] { data.field(named: sum.rawValue, minorUnits) }
            }
            data.endObject()
        }
        if !raisedFlags.isEmpty {
            data.beginArray("flags")
            for flag in PaymentFlags.names where raisedFlags.contains(flag.flag) { data.element(flag.name) }
            data.endArray()
        }
        switch failure {
        case .stated(let failure): data.field("failure", ifPresent: failure)
        case .cleared: data.field("failure_cleared", true)
        case nil: break
        }
        data.field("provider_reference", ifPresent: providerReference?.text)
    }

    init(from fields: inout JSONFields) throws {
        authorization = try fields.optionalLogged("authorization", AuthorizationState.init(rawValue:))
        nextAction = try fields.optionalLogged("next_action") { AllowedText($0) }
        if var sums = try fields.optionalObject("moved") {
            for sum in PaymentSum.allCases { moved[sum] = try sums.optionalInteger(sum.rawValue) }
            try sums.finish()
        }
        for name in try fields.optionalArray("flags", maxCount: PaymentFlags.names.count) ?? [] {
            guard let flag = PaymentFlags.names.first(where: { .string($0.name) == name }) else {
                throw fields.malformed("flags")
            }
            raisedFlags.formUnion(flag.flag)
        }
        failure = try fields.optionalLoggedFailure("failure").map { .stated($0) }
        if try fields.optionalBool("failure_cleared") == true { failure = .cleared }
        providerReference = try fields.optionalLogged("provider_reference", ProviderReference.init(_:))
    }
}

extension PaymentFlags {
    /// The flags by the names they have in events and answers.
    package static let names: [(flag: PaymentFlags, name: String)] = [
        (.conflicted, "conflicted"), (.lateSuccess, "late_success"), (.aboveCeiling, "above_ceiling"),
    ]
}

extension PaymentSum {
    fileprivate var meaning: String {
        switch self {
        case .authorized: "promised by the issuer"
        case .captured: "captured"
        case .refunded: "refunded"
        case .disputed: "taken by chargebacks whose outcome is open"
        case .lost: "taken by chargebacks that were lost"
        case .settled: "captured and in a remittance"
        case .received: "captured and shown by our bank"
        case .capturesInFlight: "reserved by captures without an answer"
        case .refundsInFlight: "reserved by refunds without an answer"
        case .feeCharged: "our fee, as posted"
        case .feeReturned: "our fee, as given back"
        }
    }
}
