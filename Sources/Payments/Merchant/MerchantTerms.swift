import EventLog
import JSON
import Ledger
import Money
import Storage

/// What a merchant and we have agreed. Each payment keeps what was agreed when it was made.
package struct MerchantTerms: Hashable, Sendable {
    package var feePlan: FeePlan
    package var feeOnRefund: FeeOnRefund
    /// Who bears a chargeback.
    package var chargebackLiability: ChargebackLiability
    package var passesDisputeFee: Bool
    package var lateSuccess: LateSuccessPolicy

    package init(
        feePlan: FeePlan, feeOnRefund: FeeOnRefund = .keep, chargebackLiability: ChargebackLiability = .merchant,
        passesDisputeFee: Bool = true, lateSuccess: LateSuccessPolicy = .accept
    ) {
        self.feePlan = feePlan
        self.feeOnRefund = feeOnRefund
        self.chargebackLiability = chargebackLiability
        self.passesDisputeFee = passesDisputeFee
        self.lateSuccess = lateSuccess
    }

    /// The terms of one payment.
    /// - Parameter platformFee: The fee the charge states itself.
    package func terms(in currency: Currency, platformFee: Amount? = nil) -> PaymentTerms {
        PaymentTerms(
            fee: feePlan.terms(in: currency, stated: platformFee), feeOnRefund: feeOnRefund,
            chargebackLiability: chargebackLiability, passesDisputeFee: passesDisputeFee, lateSuccess: lateSuccess)
    }
}

// MARK: As columns

extension MerchantTerms {
    static let columns: [Column] = [
        .integer("fee_basis_points", check: "fee_basis_points BETWEEN 0 AND 10000"),
        .text("fee_fixed"),
        .text("fee_rounding"),
        .text("fee_on_refund", check: "fee_on_refund IN ('keep', 'proportional')"),
        .text("chargeback_liability", check: "chargeback_liability IN ('merchant', 'platform')"),
        .integer("passes_dispute_fee", check: "passes_dispute_fee IN (0, 1)"),
        .text("late_success", check: "late_success IN ('accept', 'return')"),
    ]

    func write(to columns: inout ColumnWriter) {
        columns.integer(feePlan.basisPoints)
        columns.text(MinorUnitsText.text(of: feePlan.fixed))
        columns.text(feePlan.rounding.rawValue)
        columns.text(feeOnRefund.rawValue)
        columns.text(chargebackLiability.rawValue)
        columns.boolean(passesDisputeFee)
        columns.text(lateSuccess.rawValue)
    }

    init(from columns: inout ColumnReader) throws {
        feePlan = try FeePlan(
            basisPoints: columns.integer(), fixed: columns.parsed("fee_fixed", MinorUnitsText.amounts),
            rounding: columns.named("fee_rounding"))
        feeOnRefund = try columns.named("fee_on_refund")
        chargebackLiability = try columns.named("chargeback_liability")
        passesDisputeFee = columns.boolean()
        lateSuccess = try columns.named("late_success")
    }
}

// MARK: In events

extension MerchantTerms {
    static let fields = [
        EventField("fee_basis_points", .integer, "our share of what is captured, in hundredths of a percent"),
        EventField(
            "fee_fixed", .list(.object(LoggedAmounts.fields)), optional: true,
            "our fixed fee beside the share, for each currency; absent: none in any"),
        EventField("fee_rounding", .oneOf(Rounding.allCases.map(\.rawValue)), "how the share is rounded"),
        EventField("fee_on_refund", .oneOf(FeeOnRefund.allCases.map(\.rawValue)), "what becomes of it on a refund"),
        EventField(
            "chargeback_liability", .oneOf(ChargebackLiability.allCases.map(\.rawValue)), "who bears a chargeback"),
        EventField("passes_dispute_fee", .boolean, "whether the merchant pays the provider's dispute fee"),
        EventField(
            "late_success", .oneOf(LateSuccessPolicy.allCases.map(\.rawValue)),
            "what becomes of a payment that succeeded after we had said it did not"),
    ]

    func write(to data: inout JSONWriter) {
        data.field("fee_basis_points", feePlan.basisPoints)
        LoggedAmounts.write(feePlan.fixed, "fee_fixed", to: &data)
        data.field("fee_rounding", feePlan.rounding.rawValue)
        data.field("fee_on_refund", feeOnRefund.rawValue)
        data.field("chargeback_liability", chargebackLiability.rawValue)
        data.field("passes_dispute_fee", passesDisputeFee)
        data.field("late_success", lateSuccess.rawValue)
    }

    init(from data: inout JSONFields) throws {
        feePlan = try FeePlan(
            basisPoints: data.integer("fee_basis_points"), fixed: LoggedAmounts.read("fee_fixed", from: &data),
            rounding: data.logged("fee_rounding", Rounding.init(rawValue:)))
        feeOnRefund = try data.logged("fee_on_refund", FeeOnRefund.init(rawValue:))
        chargebackLiability = try data.logged("chargeback_liability", ChargebackLiability.init(rawValue:))
        passesDisputeFee = try data.bool("passes_dispute_fee")
        lateSuccess = try data.logged("late_success", LateSuccessPolicy.init(rawValue:))
    }
}
