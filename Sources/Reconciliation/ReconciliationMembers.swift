import EventLog
import JSON
import Money
import Payments
import Storage

/// Values of this module as members of events.
extension JSONWriter {
    mutating func fields(_ amount: Amount) {
        field("amount", amount.minorUnits)
        field("currency", amount.currency.description)
        field("exponent", amount.currency.exponent)
    }

    mutating func field(_ name: StaticString, ifPresent figure: Figure?) {
        guard let figure else { return }
        beginObject(name)
        field("fee", ifPresent: figure.fee?.minorUnits)
        fields(figure.amount)
        endObject()
    }

    mutating func field(_ name: StaticString, ifPresent movement: MovementKey?) {
        guard let movement else { return }
        beginObject(name)
        field("kind", movement.kind.rawValue)
        field("subject", movement.subjectText)
        endObject()
    }
}

extension JSONFields {
    mutating func loggedAmount() throws -> Amount {
        guard let amount = try optionalLoggedAmount() else { throw malformed("amount") }
        return amount
    }

    mutating func optionalLoggedFigure(_ name: String) throws -> Figure? {
        guard var fields = try optionalObject(name) else { return nil }
        let fee = try fields.optionalInteger("fee")
        let amount = try fields.loggedAmount()
        try fields.finish()
        return Figure(amount: amount, fee: fee.map { Amount(minorUnits: $0, currency: amount.currency) })
    }

    mutating func optionalLoggedMovement(_ name: String) throws -> MovementKey? {
        guard var fields = try optionalObject(name) else { return nil }
        let kind = try fields.logged("kind", MovementKind.init(rawValue:))
        let movement = try fields.logged("subject") { MovementKey(kind, subjectText: $0) }
        try fields.finish()
        return movement
    }

    mutating func optionalLoggedReference(_ name: String) throws -> StatementReference? {
        try optionalLogged(name) { AllowedText($0).map { StatementReference(recorded: $0) } }
    }
}

extension EventField {
    /// The three members of an amount.
    static func amount(_ meaning: String) -> [EventField] {
        [
            EventField("amount", .integer, "\(meaning), in minor units"),
            EventField("currency", .text, "the amount's currency"),
            EventField("exponent", .integer, "digits after the point: what the amount's minor unit is"),
        ]
    }
}

extension Figure {
    static let fields =
        [EventField("fee", .integer, optional: true, "what the provider keeps of it, where that is known")]
        + EventField.amount("the amount, signed from our side")
}

extension MovementKey {
    static let fields = [
        EventField("kind", .oneOf(MovementKind.allCases.map(\.rawValue)), "what moved"),
        EventField("subject", .text, "the operation or the dispute that moved it"),
    ]

    /// Whether it is of a dispute; otherwise of an operation.
    private static func isOfDispute(_ kind: MovementKind) -> Bool {
        switch kind {
        case .charge, .chargeReversal, .refund, .refundReversal: false
        case .chargeback, .chargebackReversal, .disputeFee, .disputeFeeReturn: true
        }
    }

    package var subjectText: String {
        Self.isOfDispute(kind)
            ? DisputeID(rawValue: subject).description : PaymentOperationID(rawValue: subject).description
    }

    init?(_ kind: MovementKind, subjectText text: String) {
        let number = Self.isOfDispute(kind) ? DisputeID(text: text)?.rawValue : PaymentOperationID(text: text)?.rawValue
        guard let number else { return nil }
        self.init(kind, number)
    }
}
