import Ledger
import Money

/// What one fact is about: the payment and those of its operations and disputes the fact can move. A value that takes a fact
/// and says what to do; it has no clock, no database and no provider.
package struct FactSubject: Hashable, Sendable {
    package var payment: Payment
    package var authorization: PaymentOperation
    /// The capture, void or refund the fact speaks of; nil when it speaks of the authorization or a dispute.
    package var operation: PaymentOperation?
    /// False when `operation` was made for this fact: the provider did it with the charge, or unasked.
    package var isOperationKnown: Bool
    package var dispute: Dispute?
    /// The void the provider has not answered yet.
    package var voiding: PaymentOperation?
    /// The captures the provider has not answered yet, where the fact would end the promise they take from.
    package var openCaptures: [PaymentOperationID]

    package init(
        payment: Payment, authorization: PaymentOperation, operation: PaymentOperation? = nil,
        isOperationKnown: Bool = true, dispute: Dispute? = nil, voiding: PaymentOperation? = nil,
        openCaptures: [PaymentOperationID] = []
    ) {
        self.payment = payment
        self.authorization = authorization
        self.operation = operation
        self.isOperationKnown = isOperationKnown
        self.dispute = dispute
        self.voiding = voiding
        self.openCaptures = openCaptures
    }

    /// Where the operation a fact of this kind speaks of stands.
    package func standing(for kind: FactKind) -> OperationStanding {
        guard kind.operation != .authorization else { return authorization.standing }
        guard let operation, isOperationKnown else { return .unknown }
        return operation.standing
    }
}

extension FactSubject {
    /// Takes a fact: the one place where a provider's word changes a payment.
    /// - Parameters:
    ///   - recognition: When our contract with the provider makes its fee our expense.
    ///   - offsetSeconds: How far the book's clocks are ahead of UTC.
    /// - Throws: A fault, with nothing changed.
    package mutating func take(
        _ fact: ProviderFact, recognition: FeeRecognition = .settlement, offsetSeconds: Int32 = 0
    ) throws(FactFault) -> FactOutcome {
        if let amount = fact.amount, !amount.isPositive { throw .amountNotPositive(amount) }
        let before = self
        var outcome = FactOutcome(verdict: verdict(on: fact))
        guard case .apply(let flags) = outcome.verdict else {
            if outcome.verdict == .lookUp { outcome.lookUps = operationsToAsk(of: fact) }
            return outcome
        }
        let dates = FactDates(
            bookingDate: BookingDate(of: fact.occurredAt, offsetSeconds: offsetSeconds), occurredAt: fact.occurredAt)
        do {
            if let amount = fact.amount, amount.currency != payment.currency {
                try suspend(fact, amount, dates, &outcome)
            } else {
                try apply(fact, recognition, dates, &outcome)
            }
        } catch {
            self = before
            throw .arithmetic(error)
        }
        note(fact, flags, &outcome)
        return outcome
    }

    /// Keeps the name the ledger gave to what a booking recorded, where later facts will ask for it.
    package mutating func record(_ id: LedgerTransactionID, for booking: Booking) {
        guard let draft = booking.draft, let amount = draft.postings.first?.amount else { return }
        guard case .hold = booking else {
            operation?.bookings.append(BookedTransaction(id: id, reason: draft.reason, amount: amount))
            return
        }
        let hold = OpenHold(id: id, remaining: amount)
        switch draft.reason {
        case .refund: operation?.hold = hold
        case .dispute: dispute?.hold = hold
        default: payment.holds.append(hold)
        }
    }

    private mutating func note(_ fact: ProviderFact, _ flags: PaymentFlags, _ outcome: inout FactOutcome) {
        payment.flags.formUnion(flags)
        if flags.contains(.lateSuccess) { outcome.alarms.insert(.lateSuccess) }
        outcome.returnsLateSuccess =
            payment.isLateSuccess && payment.terms.lateSuccess == .return
            && (fact.kind == .authorized || fact.kind == .captured)
        if flags.contains(.conflicted) { outcome.alarms.insert(.conflicted) }
        if outcome.alarms.contains(.conflicted) || outcome.alarms.contains(.currencyDiffers) {
            payment.flags.insert(.conflicted)
        }
        if outcome.alarms.contains(.aboveCeiling) || outcome.alarms.contains(.doubleLoss) {
            payment.flags.insert(.aboveCeiling)
        }
        // However it went: a second statement of the charge's own capture is recognised by it.
        if let operation, operation.origin == .charge { payment.automaticCapture = operation.id }
        payment.providerReference = payment.providerReference ?? fact.paymentReference
        if let operation, operation.providerReference == nil {
            self.operation?.providerReference = fact.movementReference
        }
    }

    private mutating func apply(
        _ fact: ProviderFact, _ recognition: FeeRecognition, _ dates: FactDates, _ outcome: inout FactOutcome
    ) throws(AmountError) {
        switch fact.statement {
        case .actionRequired(let action): requireAction(action)
        case .authorized(let amount): try authorize(amount, dates, &outcome)
        case .declined(let failure): endPromise(.declined, failure, &outcome)
        case .failed(let failure): endPromise(.failed, failure, &outcome)
        case .expired: endPromise(.expired, nil, &outcome)
        case .voided: void(&outcome)
        case .voidFailed(let failure): voidFailed(failure)
        case .captured(let amount, let fee): try capture(amount, fee, recognition, dates, &outcome)
        case .captureFailed(let failure): try captureFailed(failure, dates, &outcome)
        case .refunded(let amount, let fee): try refund(amount, fee, dates, &outcome)
        case .refundFailed(let failure): try refundFailed(failure, dates, &outcome)
        case .inquiryOpened(let amount): openInquiry(amount, &outcome)
        case .chargebackOpened(let amount, let fee): try openChargeback(amount, fee, dates, &outcome)
        case .chargebackWon(let amount, let fee): try winChargeback(amount, fee, dates, &outcome)
        case .chargebackLost(let amount): try loseChargeback(amount, dates, &outcome)
        }
    }
}
