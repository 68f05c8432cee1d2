import HTTPAPI
import Testing

/// A body that is no charge, and what it is told.
struct ChargeRefusal: Sendable, CustomTestStringConvertible {
    let members: String
    let code: ProblemCode
    let param: String?

    init(_ members: String, _ code: ProblemCode, _ param: String?) {
        self.members = members
        self.code = code
        self.param = param
    }

    var body: String { "{\(members)}" }
    var testDescription: String { String(members.prefix(80)) }

    private static let rest = #""currency":"EUR","payment_method":"tok_approve""#
    private static let start = #""amount":1000,"currency":"EUR","payment_method":"tok_approve""#

    private static let amounts = [
        ("0", ProblemCode.amountNotPositive), ("-1", .amountNotPositive), ("\"-1\"", .amountNotPositive),
        ("1.5", .integerMalformed), ("1.0", .integerMalformed), ("1e3", .integerMalformed),
        ("\"007\"", .integerMalformed), ("9223372036854775808", .integerOutOfRange),
        ("\"9223372036854775808\"", .integerOutOfRange), ("1e400", .integerMalformed), ("true", .memberWrongType),
        ("null", .memberWrongType), ("[1]", .memberWrongType),
    ].map { ChargeRefusal("\"amount\":\($0.0),\(rest)", $0.1, "amount") }

    private static let members = [
        ChargeRefusal(rest, .memberMissing, "amount"),
        ChargeRefusal(#""amount":1,"payment_method":"tok_x""#, .memberMissing, "currency"),
        ChargeRefusal(#""amount":1,"currency":"EUR""#, .memberMissing, "payment_method"),
        ChargeRefusal(#""amount":1,"currency":"XYZ","payment_method":"t""#, .currencyUnknown, "currency"),
        ChargeRefusal(#""amount":1,"currency":"eur","payment_method":"t""#, .currencyUnknown, "currency"),
        ChargeRefusal(#""amount":1,"currency":"DEM","payment_method":"t""#, .currencyWithdrawn, "currency"),
        ChargeRefusal(#""amount":1,"currency":"EUR","payment_method":"a b""#, .memberInvalid, "payment_method"),
        ChargeRefusal(start + #","merchant":"nobody""#, .merchantUnknown, "merchant"),
        ChargeRefusal(start + #","merchant":"A B""#, .memberInvalid, "merchant"),
        ChargeRefusal(start + #","provider_account":"nobody""#, .providerAccountUnknown, "provider_account"),
        ChargeRefusal(start + #","capture":"later""#, .memberInvalid, "capture"),
        ChargeRefusal(start + #","platform_fee":-1"#, .amountNotPositive, "platform_fee"),
        ChargeRefusal(start + #","reference":"with space""#, .memberInvalid, "reference"),
        ChargeRefusal(start + #","colour":"red""#, .memberUnknown, "colour"),
        ChargeRefusal(start + #","amount":1000"#, .memberDuplicate, "amount"),
        ChargeRefusal(start + #","metadata":{"a":"1","a":"1"}"#, .memberDuplicate, "metadata.a"),
        ChargeRefusal(start + #","metadata":{"a":1}"#, .memberWrongType, "metadata.a"),
    ]

    private static let bounds = [
        ChargeRefusal(start + ",\"description\":\"\(text(501))\"", .memberTooLong, "description"),
        ChargeRefusal(start + ",\"metadata\":{\(pairs(51))}", .memberTooMany, "metadata"),
        ChargeRefusal(start + ",\"metadata\":{\"\(text(41))\":\"\"}", .memberTooLong, "metadata.\(text(41))"),
        ChargeRefusal(start + ",\"metadata\":{\"a\":\"\(text(501))\"}", .memberTooLong, "metadata.a"),
    ]

    private static let cardNumbers = [
        (#""payment_method":"4111111111111111","amount":1,"currency":"EUR""#, "payment_method"),
        (start + #","description":"card 4111 1111 1111 1111""#, "description"),
        (start + #","reference":"4111-1111-1111-1111""#, "reference"),
        (start + #","metadata":{"note":"5500005555555559"}"#, "metadata.note"),
        (start + #","metadata":{"amount":"4111111111111111"}"#, "metadata.amount"),
        (start + #","metadata":{"4111111111111111":""}"#, "metadata"),
    ].map { ChargeRefusal($0.0, .cardNumberRefused, $0.1) }

    static let all = amounts + members + bounds + cardNumbers

    static func text(_ count: Int) -> String { String(repeating: "a", count: count) }
    static func pairs(_ count: Int) -> String {
        (0..<count).map { "\"k\($0)\":\"v\"" }.joined(separator: ",")
    }
}
