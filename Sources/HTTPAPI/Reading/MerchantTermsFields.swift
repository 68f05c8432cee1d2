import JSON
import Money
import Payments

/// Reading what is agreed with a merchant.
struct MerchantTermsFields {
    let currencies: CurrencyRegistry

    /// One fixed fee for each currency there is, and room to spare.
    private static let fixedCountMax = 200

    /// Takes the terms from a body. What is left out is as a merchant is usually treated; the answer shows it.
    func terms(_ fields: inout JSONFields) throws -> MerchantTerms {
        var terms = MerchantTerms(feePlan: try feePlan(&fields))
        terms.feeOnRefund = try choice("fee_on_refund", &fields) ?? terms.feeOnRefund
        terms.chargebackLiability = try choice("chargeback_liability", &fields) ?? terms.chargebackLiability
        terms.passesDisputeFee = try fields.optionalBool("passes_dispute_fee") ?? terms.passesDisputeFee
        terms.lateSuccess = try choice("late_success", &fields) ?? terms.lateSuccess
        return terms
    }

    /// Without one nothing is taken. One that takes something names its rounding: there is no usual one.
    private func feePlan(_ fields: inout JSONFields) throws -> FeePlan {
        guard var plan = try fields.optionalObject("fee_plan") else {
            return try FeePlan(basisPoints: 0, rounding: .halfEven)
        }
        let basisPoints = try plan.integer("basis_points")
        let fixed = try fixed(&plan)
        guard let rounding: Rounding = try choice("rounding", &plan) else {
            throw Problem(.memberMissing, param: plan.path.member("rounding").description)
        }
        try plan.finish()
        return try FeePlan(basisPoints: basisPoints, fixed: fixed, rounding: rounding)
    }

    private func fixed(_ plan: inout JSONFields) throws -> [Amount] {
        let elements = try plan.optionalArray("fixed", maxCount: Self.fixedCountMax) ?? []
        return try elements.enumerated().map { index, element in
            var fields = try JSONFields(element, at: plan.path.member("fixed").element(index))
            let currency = try fields.currency(in: currencies)
            let amount = try fields.amount(of: currency)
            try fields.finish()
            return amount
        }
    }

    private func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, _ fields: inout JSONFields
    ) throws -> Choice? where Choice.RawValue == String {
        try fields.optionalParsed(
            name, "one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))", Choice.init(rawValue:))
    }
}
