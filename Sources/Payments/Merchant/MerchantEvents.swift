import EventLog
import JSON
import Ledger
import Money

package struct MerchantCreated: EventContent, Hashable {
    package static let type = "summa.merchant.created"
    package static let meaning = "A merchant was registered, with the terms agreed."
    package static let subjectMeaning = "the merchant"
    package static let fields =
        [EventField("code", .text, "its name in account paths and charges")] + MerchantTerms.fields
        + [EventField("display_name", .hash, optional: true, "how it is called")]
    package static let example = MerchantCreated(
        merchant: MerchantID(rawValue: 1 << 61), code: MerchantEventExample.code, terms: MerchantEventExample.terms,
        displayName: MerchantEventExample.displayName)

    package let merchant: MerchantID
    package let code: PathSegment
    package let terms: MerchantTerms
    package let displayName: SaltedHash?

    package var subject: String { merchant.description }

    package init(merchant: MerchantID, code: PathSegment, terms: MerchantTerms, displayName: SaltedHash?) {
        self.merchant = merchant
        self.code = code
        self.terms = terms
        self.displayName = displayName
    }

    package func write(to data: inout JSONWriter) {
        data.field("code", code.text)
        terms.write(to: &data)
        data.field("display_name", ifPresent: displayName?.description)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        guard let merchant = MerchantID(text: subject) else { throw EventRejection.malformed("subject") }
        self.merchant = merchant
        code = try data.logged("code") { PathSegment($0) }
        terms = try MerchantTerms(from: &data)
        displayName = try data.optionalLogged("display_name", SaltedHash.init(text:))
    }
}

package struct MerchantChanged: EventContent, Hashable {
    package static let type = "summa.merchant.changed"
    package static let meaning =
        "Other terms were agreed with a merchant, for payments from then on, or it got another name."
    package static let subjectMeaning = "the merchant"
    package static let fields =
        MerchantTerms.fields
        + [EventField("display_name", .hash, optional: true, "how it is called now, if that was changed")]
    package static let example = MerchantChanged(
        merchant: MerchantID(rawValue: 1 << 61), terms: MerchantEventExample.terms,
        displayName: MerchantEventExample.displayName)

    package let merchant: MerchantID
    package let terms: MerchantTerms
    package let displayName: SaltedHash?

    package var subject: String { merchant.description }

    package init(merchant: MerchantID, terms: MerchantTerms, displayName: SaltedHash?) {
        self.merchant = merchant
        self.terms = terms
        self.displayName = displayName
    }

    package func write(to data: inout JSONWriter) {
        terms.write(to: &data)
        data.field("display_name", ifPresent: displayName?.description)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        guard let merchant = MerchantID(text: subject) else { throw EventRejection.malformed("subject") }
        self.merchant = merchant
        terms = try MerchantTerms(from: &data)
        displayName = try data.optionalLogged("display_name", SaltedHash.init(text:))
    }
}

private enum MerchantEventExample {
    static var code: PathSegment {
        guard let code = PathSegment("acme") else { preconditionFailure("acme is a segment") }
        return code
    }

    static var displayName: SaltedHash? {
        SaltedHash.Salt([UInt8](repeating: 1, count: SaltedHash.Salt.byteCount)).map {
            SaltedHash(of: "Acme".utf8, salt: $0)
        }
    }

    static var terms: MerchantTerms {
        do {
            return MerchantTerms(
                feePlan: try FeePlan(
                    basisPoints: 290, fixed: [Amount(minorUnits: 30, currency: .eur)], rounding: .halfEven),
                feeOnRefund: .proportional)
        } catch {
            preconditionFailure("the example is a fee plan: \(error)")
        }
    }
}
