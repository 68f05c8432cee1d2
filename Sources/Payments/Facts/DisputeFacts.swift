import Ledger
import Money

/// What a provider's word about a dispute does. The money moves at once; answering it is for people.
extension FactSubject {
    mutating func openInquiry(_ amount: Amount, _ outcome: inout FactOutcome) {
        dispute?.amount = amount
        dispute?.state = .inquiry
        outcome.alarms.insert(.inquiry)
    }

    mutating func openChargeback(
        _ amount: Amount, _ fee: Amount?, _ dates: FactDates, _ outcome: inout FactOutcome
    ) throws(AmountError) {
        guard var dispute else { return }
        dispute.amount = amount
        dispute.state = .open
        self.dispute = dispute
        try payment.amounts.add(amount, to: \.disputed)
        book(PostingRules.chargebackTaken(payment, dispute, amount, on: dates), &outcome)
        if let fee { book(PostingRules.disputeFee(payment, fee, on: dates), &outcome) }
        outcome.alarms.insert(.dispute)
        checkCeilings(&outcome)
    }

    /// Won, whole or in part: what was not won is lost.
    mutating func winChargeback(
        _ amount: Amount, _ feeReturned: Amount?, _ dates: FactDates, _ outcome: inout FactOutcome
    ) throws(AmountError) {
        guard let state = dispute?.state, state != .inquiry else {
            dispute?.state = .won
            return
        }
        if state == .lost { try undoLoss(of: amount, dates, &outcome) }
        if state == .none { takeWithoutReserving(amount, dates, &outcome) }
        guard let dispute else { return }
        book(PostingRules.chargebackWon(payment, dispute, amount, on: dates), &outcome)
        if let feeReturned { book(PostingRules.disputeFeeReturned(payment, feeReturned, on: dates), &outcome) }
        if state == .open { try settle(won: amount, dates, &outcome) }
        self.dispute?.state = .won
    }

    mutating func loseChargeback(
        _ amount: Amount, _ dates: FactDates, _ outcome: inout FactOutcome
    ) throws(AmountError) {
        let state = dispute?.state ?? .none
        if state == .open {
            try payment.amounts.take(dispute?.amount ?? amount, from: \.disputed)
            if amount != dispute?.amount { outcome.alarms.insert(.conflicted) }
        } else {
            takeWithoutReserving(amount, dates, &outcome)
        }
        try bear(amount, dates, &outcome)
        dispute?.state = .lost
        checkCeilings(&outcome)
    }

    /// An open dispute ends with `won` of it restored.
    private mutating func settle(
        won: Amount, _ dates: FactDates, _ outcome: inout FactOutcome
    ) throws(AmountError) {
        guard let taken = dispute?.amount else { return }
        try payment.amounts.take(taken, from: \.disputed)
        let rest = try taken.subtracting(won)
        if rest.isNegative { outcome.alarms.insert(.conflicted) }
        if rest.isPositive { try bear(rest, dates, &outcome) }
    }

    /// Row 19: the loss finds who bears it.
    private mutating func bear(
        _ amount: Amount, _ dates: FactDates, _ outcome: inout FactOutcome
    ) throws(AmountError) {
        guard let dispute else { return }
        book(PostingRules.chargebackLost(payment, dispute, amount, on: dates), &outcome)
        try payment.amounts.add(amount, to: \.lost)
    }

    private mutating func undoLoss(
        of amount: Amount, _ dates: FactDates, _ outcome: inout FactOutcome
    ) throws(AmountError) {
        guard let dispute else { return }
        book(PostingRules.lossUndone(payment, dispute, amount, on: dates), &outcome)
        try payment.amounts.take(amount, from: \.lost)
    }

    /// Row 16 for a dispute whose opening we never saw, or saw undone: it closes at once, so nothing is reserved.
    private mutating func takeWithoutReserving(
        _ amount: Amount, _ dates: FactDates, _ outcome: inout FactOutcome
    ) {
        dispute?.amount = amount
        guard let dispute else { return }
        book([PostingRules.chargebackTakenOnly(payment, dispute, amount, on: dates)], &outcome)
    }
}
