import EventLog
import JSON
import Money

/// The terms of a payment in the event of its charge: the member `terms`. Amounts are in the payment's currency.
extension PaymentTerms {
    static let field = EventField(
        "terms",
        .object([
            EventField("fee_basis_points", .integer, optional: true, "our share of what is captured; absent if stated"),
            EventField("fee", .integer, "our fee as stated, or the fixed part beside the share, in minor units"),
            EventField("rounding", .oneOf(Rounding.allCases.map(\.rawValue)), "how the fee is rounded"),
            EventField("fee_on_refund", .oneOf(FeeOnRefund.allCases.map(\.rawValue)), "what a refund returns of it"),
            EventField(
                "chargeback_liability", .oneOf(ChargebackLiability.allCases.map(\.rawValue)), "who bears a chargeback"),
            EventField("passes_dispute_fee", .boolean, "whether the provider's dispute fee is passed to the merchant"),
            EventField(
                "late_success", .oneOf(LateSuccessPolicy.allCases.map(\.rawValue)),
                "what becomes of it when it succeeds after we had said it did not"),
        ]), "what was agreed for it")

    func write(to data: inout JSONWriter) {
        data.beginObject("terms")
        switch fee.basis {
        case .stated(let amount): data.field("fee", amount.minorUnits)
        case .plan(let basisPoints, let fixed):
            data.field("fee_basis_points", basisPoints)
            data.field("fee", fixed.minorUnits)
        }
        data.field("rounding", fee.rounding.rawValue)
        data.field("fee_on_refund", feeOnRefund.rawValue)
        data.field("chargeback_liability", chargebackLiability.rawValue)
        data.field("passes_dispute_fee", passesDisputeFee)
        data.field("late_success", lateSuccess.rawValue)
        data.endObject()
    }

    init(from data: inout JSONFields, currency: Currency) throws {
        var fields = try data.object("terms")
        let basisPoints = try fields.optionalInteger("fee_basis_points")
        let fee = Amount(minorUnits: try fields.integer("fee"), currency: currency)
        let basis = basisPoints.map { FeeTerms.Basis.plan(basisPoints: $0, fixed: fee) } ?? .stated(fee)
        self.init(
            fee: FeeTerms(basis, rounding: try fields.logged("rounding", Rounding.init(rawValue:))),
            feeOnRefund: try fields.logged("fee_on_refund", FeeOnRefund.init(rawValue:)),
            chargebackLiability: try fields.logged("chargeback_liability", ChargebackLiability.init(rawValue:)),
            passesDisputeFee: try fields.bool("passes_dispute_fee"),
            lateSuccess: try fields.logged("late_success", LateSuccessPolicy.init(rawValue:)))
        try fields.finish()
    }
}
