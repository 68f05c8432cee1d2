import EventLog
import JSON
import Ledger
import Money

/// What an event changed of a payment itself. Its holds follow from the event's ledger transactions; who is being voided and
/// how many operations are in doubt, from its operations.
package struct PaymentChange: Hashable, Sendable {
    /// What became of the promise, where that or the next action changed.
    package var authorization: AuthorizationState?
    package var nextAction: AllowedText?
    /// By how much each sum moved, in minor units; what did not move is absent.
    package var moved: [PaymentSum: Int64] = [:]
    package var raisedFlags: PaymentFlags = []
    package var failure: FailureChange?
    package var providerReference: ProviderReference?

    package enum FailureChange: Hashable, Sendable {
        case stated(ProviderFailure)
        case cleared
    }

    package init() {}

    package var isEmpty: Bool { self == PaymentChange() }
}

extension PaymentChange {
    /// What makes the second payment of the first.
    package init(from old: Payment, to new: Payment) {
        if new.authorization != old.authorization || new.nextAction != old.nextAction {
            authorization = new.authorization
            nextAction = new.nextAction
        }
        for sum in PaymentSum.allCases where new.amounts[sum] != old.amounts[sum] {
            // Neither is negative, so the difference fits.
            moved[sum] = new.amounts[sum].minorUnits - old.amounts[sum].minorUnits
        }
        raisedFlags = new.flags.subtracting(old.flags)
        if new.failure != old.failure { failure = new.failure.map { .stated($0) } ?? .cleared }
        if new.providerReference != old.providerReference { providerReference = new.providerReference }
    }

    /// - Throws: `EventRejection.malformed` when a sum would leave its range: no event of ours does that.
    package func apply(to payment: inout some PaymentFigures) throws {
        if let authorization {
            payment.authorization = authorization
            payment.nextAction = nextAction
        }
        for (sum, minorUnits) in moved {
            let (moved, overflow) = payment.amounts[sum].minorUnits.addingReportingOverflow(minorUnits)
            guard !overflow, moved >= 0 else { throw EventRejection.malformed("data.payment.moved.\(sum.rawValue)") }
            payment.amounts[sum] = Amount(minorUnits: moved, currency: payment.amounts.currency)
        }
        payment.flags.formUnion(raisedFlags)
        switch failure {
        case .stated(let failure): payment.failure = failure
        case .cleared: payment.failure = nil
        case nil: break
        }
        payment.providerReference = providerReference ?? payment.providerReference
    }
}
