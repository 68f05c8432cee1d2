import Ledger
import Money

/// What an issuer's word about the promise does.
extension FactSubject {
    /// The provider knows of it, and so it was sent, whatever we had noted of that.
    mutating func requireAction(_ action: NextAction) {
        payment.submit(&authorization)
        payment.authorization = .actionRequired
        payment.nextAction = action.type
    }

    /// Books the promise as the issuer made it. After we had said there was none, it is held anew.
    mutating func authorize(
        _ amount: Amount, _ dates: FactDates, _ outcome: inout FactOutcome
    ) throws(AmountError) {
        if amount != payment.amounts.requested { outcome.alarms.insert(.conflicted) }
        let promised = try amount.subtracting(payment.amounts.captured)
        let mirrored = promised.isPositive ? promised : .zero(amount.currency)
        book(PostingRules.authorized(payment, promised: mirrored, on: dates), &outcome)
        payment.amounts.authorized = amount
        promise()
        checkCeilings(&outcome)
    }

    /// The promise stands, whoever said so first: a capture implies it.
    mutating func promise() {
        payment.authorization = .authorized
        payment.nextAction = nil
        payment.failure = nil
        closeAuthorization(.succeeded)
    }

    /// The promise ended, or was never made: nothing moved.
    mutating func endPromise(
        _ state: OperationState.Ending, _ failure: ProviderFailure?, _ outcome: inout FactOutcome
    ) {
        book(PostingRules.authorizationEnded(payment), &outcome)
        payment.nextAction = nil
        payment.failure = failure ?? payment.failure
        payment.authorization = state.authorization
        // An expired promise was kept until it ran out; without one ever stated, the asking failed.
        let wasPromised = authorization.state == .succeeded
        closeAuthorization(wasPromised && state == .expired ? .succeeded : state.operation, failure)
        cancelWaitingVoid()
    }

    /// The void is confirmed: ours, or one the provider made unasked.
    mutating func void(_ outcome: inout FactOutcome) {
        book(PostingRules.authorizationEnded(payment), &outcome)
        if payment.authorization.isOpen || payment.authorization == .authorized {
            payment.authorization = .voided
            payment.nextAction = nil
            if authorization.state.isOpen { closeAuthorization(.cancelled) }
        }
        closeOperation(.succeeded)
        if payment.voiding == operation?.id { payment.voiding = nil } else { cancelWaitingVoid() }
    }

    mutating func voidFailed(_ failure: ProviderFailure) {
        closeOperation(.failed, failure)
        if payment.voiding == operation?.id { payment.voiding = nil }
    }

    /// A void that was waiting for an answer that makes it pointless is withdrawn; one already sent is answered by itself.
    private mutating func cancelWaitingVoid() {
        guard voiding?.state == .requested else { return }
        voiding?.state = .cancelled
        payment.voiding = nil
    }
}

extension OperationState {
    /// The ways a promise ends without being used.
    enum Ending {
        case declined, failed, expired

        var authorization: AuthorizationState {
            switch self {
            case .declined: .declined
            case .failed: .failed
            case .expired: .expired
            }
        }

        var operation: OperationState {
            self == .declined ? .declined : .failed
        }
    }
}
