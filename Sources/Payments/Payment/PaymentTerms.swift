import Money

/// What a merchant and we agreed for one payment.
package struct PaymentTerms: Hashable, Sendable {
    package var fee: FeeTerms
    package var feeOnRefund: FeeOnRefund
    /// Who bears a chargeback.
    package var chargebackLiability: ChargebackLiability
    /// Whether the provider's dispute fee is passed to the merchant.
    package var passesDisputeFee: Bool
    /// What becomes of a payment that succeeded after we had said it did not.
    package var lateSuccess: LateSuccessPolicy

    package init(
        fee: FeeTerms, feeOnRefund: FeeOnRefund, chargebackLiability: ChargebackLiability = .merchant,
        passesDisputeFee: Bool = true, lateSuccess: LateSuccessPolicy = .accept
    ) {
        self.fee = fee
        self.feeOnRefund = feeOnRefund
        self.chargebackLiability = chargebackLiability
        self.passesDisputeFee = passesDisputeFee
        self.lateSuccess = lateSuccess
    }
}

package enum ChargebackLiability: String, Hashable, Sendable, CaseIterable {
    case merchant
    case platform
}

package enum LateSuccessPolicy: String, Hashable, Sendable, CaseIterable {
    /// The payment stands.
    case accept
    /// It is voided if authorized, refunded if captured.
    case `return`
}

package enum FeeOnRefund: String, Hashable, Sendable, CaseIterable {
    case keep
    /// In proportion to what was refunded; a full refund in any split returns the exact fee.
    case proportional
}

/// What our fee on a payment is, and how it is rounded.
package struct FeeTerms: Hashable, Sendable {
    package let basis: Basis
    /// Used for the share of a plan and for the part a refund returns.
    package let rounding: Rounding

    package enum Basis: Hashable, Sendable {
        /// The `platform_fee` the charge stated.
        case stated(Amount)
        /// The merchant's plan: so many hundredths of a percent of what is captured, and a fixed part in its currency.
        case plan(basisPoints: Int64, fixed: Amount)
    }

    package init(_ basis: Basis, rounding: Rounding) {
        self.basis = basis
        self.rounding = rounding
    }

    /// The whole fee due once `captured` has been captured in all; taken cumulatively, so that captures in parts cost what
    /// one capture costs. Never more than was captured: a fee is taken out of what we owe.
    package func due(onCaptured captured: Amount) throws(AmountError) -> Amount {
        guard captured.isPositive else { return .zero(captured.currency) }
        switch basis {
        case .stated(let amount): return try amount.exceeds(captured) ? captured : amount
        case .plan(let basisPoints, let fixed):
            let share = try captured.portion(basisPoints: basisPoints, rounding: rounding)
            // Compared before it is added: no fixed part, however large, may make a capture unbookable.
            return try captured.subtracting(share).exceeds(fixed) ? share.adding(fixed) : captured
        }
    }

    /// The whole fee to have been returned once `refunded` of `captured` has been refunded: fee × refunded ÷ captured.
    /// Never more than was charged.
    package func returned(
        ofFee charged: Amount, refunded: Amount, captured: Amount
    ) throws(AmountError) -> Amount {
        guard captured.isPositive, refunded.isPositive else { return .zero(charged.currency) }
        if try refunded.exceeds(captured) { return charged }
        return try charged.multiplied(by: refunded.minorUnits, over: captured.minorUnits, rounding: rounding)
    }
}
