import Ledger
import Money

/// A line that was found to be about a movement: what it settles of it, and what it leaves open.
struct ExplainedLine {
    let line: SettlementLine
    /// As it stood before the line.
    let movement: ExpectedMovement
    let breakClass: BreakClass?

    /// What was expensed when the movement happened is not expensed again with its first line.
    private var feeBooked: Amount {
        movement.state == .open ? movement.feeBooked : .zero(movement.currency)
    }

    /// What it takes off the claim.
    func claimed() throws(AmountError) -> Amount { try line.gross.subtracting(feeBooked) }

    /// What the provider kept beyond what was expensed before.
    func fee() throws(AmountError) -> Amount { try line.fee.subtracting(feeBooked) }

    /// By how much it moves what is settled of the payment's captures; nil for what is no capture.
    var settledCapture: Amount? { line.kind.isCapture ? line.gross : nil }

    /// The break it opens; nil where it agrees.
    func facts(
        in statement: Statement, id: StatementLineID, remittance: RemittanceID, fees: ProviderFeeSchedule?
    ) -> BreakFacts? {
        guard let breakClass else { return nil }
        return BreakFacts(
            breakClass, source: statement.source, statement: statement.id, line: id, movement: movement.key,
            payment: movement.payment, providerReference: line.providerReference, remittance: remittance,
            expected: movement.figure(fees), found: Figure(line), difference: difference, dueDate: statement.date)
    }

    private var difference: Amount? {
        switch breakClass {
        case .amountDiffers: try? movement.remaining.subtracting(line.gross)
        case .currencyDiffers: line.net
        default: nil
        }
    }
}

extension MovementKind {
    /// Whether it moves what was captured: a capture, or one that failed afterwards.
    var isCapture: Bool { self == .charge || self == .chargeReversal }
}
