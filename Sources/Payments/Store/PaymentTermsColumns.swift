import Ledger
import Money
import Storage

/// The terms of a payment as columns. Their amounts are in the payment's currency.
extension PaymentTerms {
    func write(to columns: inout ColumnWriter) {
        switch fee.basis {
        case .stated(let amount):
            columns.null()
            columns.integer(amount.minorUnits)
        case .plan(let basisPoints, let fixed):
            columns.integer(basisPoints)
            columns.integer(fixed.minorUnits)
        }
        columns.text(fee.rounding.rawValue)
        columns.text(feeOnRefund.rawValue)
        columns.text(chargebackLiability.rawValue)
        columns.boolean(passesDisputeFee)
        columns.text(lateSuccess.rawValue)
    }

    init(from columns: inout ColumnReader, currency: Currency) throws {
        let basisPoints = columns.optionalInteger()
        let fee = Amount(minorUnits: columns.integer(), currency: currency)
        let basis = basisPoints.map { FeeTerms.Basis.plan(basisPoints: $0, fixed: fee) } ?? .stated(fee)
        self.init(
            fee: FeeTerms(basis, rounding: try columns.named("fee_rounding")),
            feeOnRefund: try columns.named("fee_on_refund"),
            chargebackLiability: try columns.named("chargeback_liability"), passesDisputeFee: columns.boolean(),
            lateSuccess: try columns.named("late_success"))
    }
}
