import JSON
import Ledger
import Money
import Payments

/// A charge as its body asks for it.
struct ChargeFields {
    let amount: Amount
    let method: PaymentMethodToken
    let merchant: PathSegment?
    let providerAccount: PathSegment?
    let captureMode: CaptureMode
    let platformFee: Amount?
    let reference: ExternalID?
    let description: String?
    let metadata: [(name: String, value: String)]

    static let descriptionLengthMax = 500
    static let metadataCountMax = 50
    static let metadataNameLengthMax = 40
    static let metadataValueLengthMax = 500

    init(_ fields: inout JSONFields, in currencies: CurrencyRegistry) throws {
        let currency = try fields.currency(in: currencies)
        amount = try fields.amount(of: currency)
        method = try fields.parsed(
            "payment_method", maxLength: 128, "a token of A-Z a-z 0-9 _ . : -", PaymentMethodToken.init(_:))
        merchant = try fields.optionalParsed("merchant", "a merchant's code") { PathSegment($0) }
        providerAccount = try fields.optionalParsed("provider_account", "a provider account's code") { PathSegment($0) }
        captureMode =
            try fields.optionalParsed("capture", "automatic or manual", CaptureMode.init(rawValue:)) ?? .automatic
        platformFee = try Self.fee(&fields, in: currency)
        reference = try fields.optionalParsed(
            "reference", maxLength: ExternalID.lengthMax, "1 to 128 of A-Z a-z 0-9 _ . : / -", ExternalID.init(_:))
        description = try fields.optionalString("description", maxLength: Self.descriptionLengthMax)
        metadata =
            try fields.optionalStringMap(
                "metadata", maxCount: Self.metadataCountMax, maxNameLength: Self.metadataNameLengthMax,
                maxValueLength: Self.metadataValueLengthMax) ?? []
        try fields.finish()
    }

    /// Nothing is a fee too: it takes the place of the merchant's plan.
    private static func fee(_ fields: inout JSONFields, in currency: Currency) throws -> Amount? {
        guard let minorUnits = try fields.optionalInteger("platform_fee") else { return nil }
        guard minorUnits >= 0 else {
            throw Problem(.amountNotPositive, "platform_fee must be 0 or more", param: "platform_fee")
        }
        return Amount(minorUnits: minorUnits, currency: currency)
    }
}
