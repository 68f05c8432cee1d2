import Ledger
import Money

/// What a provider's word about a capture does.
extension FactSubject {
    /// Books the capture, our fee out of it, and the provider's where it is recognised now. A capture before the authorization
    /// implies it, and one that meets a void on its way wins.
    mutating func capture(
        _ amount: Amount, _ fee: Amount?, _ recognition: FeeRecognition, _ dates: FactDates,
        _ outcome: inout FactOutcome
    ) throws(AmountError) {
        if payment.amounts.authorized.isZero { payment.amounts.authorized = payment.amounts.requested }
        if payment.authorization.isOpen { promise() }
        if amount != expectedCapture(amount) { outcome.alarms.insert(.conflicted) }
        let isFinal = operation?.isFinal ?? true
        try endReservation(\.capturesInFlight)
        book(PostingRules.captured(payment, amount, isFinal: isFinal, on: dates), &outcome)
        try payment.amounts.add(amount, to: \.captured)
        book(try chargeFee(dates), &outcome)
        if let fee {
            book(PostingRules.providerFee(payment, fee, recognised: recognition, on: dates), &outcome)
        }
        usePromise(isFinal: isFinal)
        closeOperation(.succeeded)
        failVoid()
        checkCeilings(&outcome)
    }

    /// Before success the reservation ends and the promise stands; afterwards claim, debt and our fee leave the books again.
    mutating func captureFailed(
        _ failure: ProviderFailure, _ dates: FactDates, _ outcome: inout FactOutcome
    ) throws(AmountError) {
        try endReservation(\.capturesInFlight)
        if let capture = operation, capture.state == .succeeded {
            book(PostingRules.captureFailed(payment, capture, on: dates), &outcome)
            for booked in capture.bookings where booked.reason == .capture {
                try payment.amounts.take(booked.amount, from: \.captured)
            }
            for booked in capture.bookings where booked.reason == .platformFee {
                try payment.amounts.take(booked.amount, from: \.feeCharged)
            }
            operation?.isUndone = true
            operation?.bookings.removeAll { [.capture, .platformFee, .suspense].contains($0.reason) }
            outcome.alarms.insert(.captureFailed)
            checkCeilings(&outcome)
        }
        payment.failure = failure
        closeOperation(.failed, failure)
    }

    /// What the capture should be: as asked for; with an automatic one, all that was promised. A capture from the provider's
    /// own dashboard contradicts nothing.
    private func expectedCapture(_ stated: Amount) -> Amount {
        guard let operation else { return stated }
        switch operation.origin {
        case .request: return operation.amount
        case .charge: return payment.amounts.authorized
        case .provider: return stated
        }
    }

    /// Row 5, cumulative: what is due on all that was captured, less what was charged before.
    private mutating func chargeFee(_ dates: FactDates) throws(AmountError) -> [Booking] {
        let due = try payment.terms.fee.due(onCaptured: payment.amounts.captured)
        let fee = try due.subtracting(payment.amounts.feeCharged)
        guard fee.isPositive else { return [] }
        try payment.amounts.add(fee, to: \.feeCharged)
        return PostingRules.platformFee(payment, fee, on: dates)
    }

    private mutating func usePromise(isFinal: Bool) {
        guard payment.authorization == .authorized else { return }
        let isUsedUp = payment.amounts.captured.minorUnits >= payment.amounts.authorized.minorUnits
        if isFinal || isUsedUp { payment.authorization = .used }
    }

    /// A capture was faster than the void.
    private mutating func failVoid() {
        guard let void = voiding, void.id == payment.voiding else { return }
        voiding = closed(void, .failed, ProviderFailure(.other, rawCode: "already_captured"))
        payment.voiding = nil
    }
}
