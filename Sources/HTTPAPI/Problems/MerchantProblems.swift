import Payments

extension MerchantRejection: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .unknownMerchant(let code): Problem(.merchantNotFound, "there is no merchant \(code)", param: "code")
        case .codeTaken(let code):
            Problem(.merchantCodeTaken, "\(code) was registered with other terms or another name", param: "code")
        }
    }
}

extension FeePlanRejection: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .basisPoints:
            Problem(
                .memberInvalid, "a share is from 0 to \(FeePlan.basisPointsMax) basis points",
                param: "fee_plan.basis_points")
        case .negative: Problem(.amountNotPositive, param: "fee_plan.fixed")
        case .fixedTooHigh(let amount):
            Problem(
                .memberInvalid,
                "\(amount.minorUnits) \(amount.currency) is above the \(FeePlan.fixedMinorUnitsMax) minor units a fee may be",
                param: "fee_plan.fixed")
        case .currencyTwice(let currency):
            Problem(.memberInvalid, "\(currency) stands twice", param: "fee_plan.fixed")
        }
    }
}
