import EventLog
import JSON
import Ledger
import Money

package struct SettlementTermsSet: EventContent, Hashable {
    package static let type = "summa.reconciliation.terms.set"
    package static let meaning = "It was said how a provider settles with us; what was said before holds no longer."
    package static let subjectMeaning = "the provider account's code"
    package static let fields = [
        EventField("bank", .text, "the bank account its remittances arrive on"),
        EventField("fee_basis_points", .integer, optional: true, "its share of a capture, in hundredths of a percent"),
        EventField("fee_fixed", .text, optional: true, "the fixed part of its fee, in major units of any currency"),
        EventField("fee_rounding", .oneOf(Rounding.allCases.map(\.rawValue)), optional: true, "how the fee is rounded"),
        EventField("cut_off_second", .integer, "the second of the day, UTC, after which the next day's file begins"),
        EventField("rounding_tolerance", .integer, "up to how many minor units a difference is rounding"),
        EventField("arrival_days", .integer, "days until our bank must have shown a remittance"),
        EventField("patience_days", .integer, "days until what is missing may be written off"),
    ]
    package static let example = SettlementTermsSet(
        terms: SettlementTerms(
            providerAccount: ReconciliationExample.segment("sandbox"), bank: ReconciliationExample.segment("main"),
            fees: ProviderFeeSchedule(basisPoints: 140, fixed: "0.25", rounding: .halfUp)))

    package let terms: SettlementTerms

    package var subject: String { terms.providerAccount.text }

    package init(terms: SettlementTerms) {
        self.terms = terms
    }

    package func write(to data: inout JSONWriter) {
        data.field("bank", terms.bank.text)
        data.field("fee_basis_points", ifPresent: terms.fees?.basisPoints)
        data.field("fee_fixed", ifPresent: terms.fees?.fixed.description)
        data.field("fee_rounding", ifPresent: terms.fees?.rounding.rawValue)
        data.field("cut_off_second", terms.cutOff.secondOfDay)
        data.field("rounding_tolerance", terms.roundingTolerance)
        data.field("arrival_days", terms.arrivalDays)
        data.field("patience_days", terms.patienceDays)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        guard let account = PathSegment(subject) else { throw EventRejection.malformed("subject") }
        let bank = try data.logged("bank") { PathSegment($0) }
        let fees = ProviderFeeSchedule(
            basisPoints: try data.optionalInteger("fee_basis_points"),
            fixed: try data.optionalString("fee_fixed", maxLength: AllowedText.lengthMax),
            rounding: try data.optionalLogged("fee_rounding", Rounding.init(rawValue:)))
        guard let cutOff = CutOff(secondOfDay: try data.integer("cut_off_second")) else {
            throw data.malformed("cut_off_second")
        }
        terms = SettlementTerms(
            providerAccount: account, bank: bank, fees: fees, cutOff: cutOff,
            roundingTolerance: try data.integer("rounding_tolerance"),
            arrivalDays: try data.integer("arrival_days"), patienceDays: try data.integer("patience_days"))
    }
}
