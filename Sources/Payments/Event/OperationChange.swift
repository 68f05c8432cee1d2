import EventLog
import JSON
import Money
import Storage

/// What an event changed of an operation, or that it began it. What the operation posted or holds follows from the event's
/// ledger transactions.
package struct OperationChange: Hashable, Sendable {
    package let id: PaymentOperationID
    /// What is asked for or stated, where the event begins the operation.
    package var beginning: Beginning?
    /// The state it reached, where that or its failure changed.
    package var state: OperationState?
    /// With `state`: why it is not a success.
    package var failure: ProviderFailure?
    /// That it failed after it had succeeded.
    package var isUndone: Bool?
    package var providerReference: ProviderReference?

    package struct Beginning: Hashable, Sendable {
        package let kind: OperationKind
        package let origin: OperationOrigin
        package let amount: Amount
        package let isFinal: Bool

        package init(kind: OperationKind, origin: OperationOrigin, amount: Amount, isFinal: Bool) {
            self.kind = kind
            self.origin = origin
            self.amount = amount
            self.isFinal = isFinal
        }
    }
}

extension OperationChange {
    /// What makes the second operation of the first, or of nothing.
    package init(from old: PaymentOperation?, to new: PaymentOperation) {
        id = new.id
        if old == nil {
            beginning = Beginning(kind: new.kind, origin: new.origin, amount: new.amount, isFinal: new.isFinal)
        }
        if new.state != old?.state ?? .requested || new.failure != old?.failure {
            state = new.state
            failure = new.failure
        }
        if new.isUndone != old?.isUndone ?? false { isUndone = new.isUndone }
        if new.providerReference != old?.providerReference { providerReference = new.providerReference }
    }

    /// The operation as the event began it; nil where it did not.
    package func begun(of payment: PaymentID, at moment: Instant) -> PaymentOperation? {
        guard let beginning else { return nil }
        var operation = PaymentOperation(
            id: id, payment: payment, kind: beginning.kind, origin: beginning.origin, amount: beginning.amount,
            isFinal: beginning.isFinal, createdAt: moment)
        apply(to: &operation)
        return operation
    }

    package func apply(to operation: inout PaymentOperation) {
        if let state {
            operation.state = state
            operation.failure = failure
        }
        operation.isUndone = isUndone ?? operation.isUndone
        operation.providerReference = providerReference ?? operation.providerReference
    }
}
