import EventLog
import Ledger
import Money
import Storage

/// One payment's rows while an event is replayed into them.
struct ReplayedPayment {
    var row: PaymentRow
    var operations: [PaymentOperation] = []
    private var begun: Set<PaymentOperationID> = []
    var dispute: Dispute?
    private var isDisputeOpened = false
    private var reference: ProviderReference?

    init(_ payment: PaymentID, in work: borrowing UnitOfWork) throws {
        guard let row = try work.find(PaymentRow.self, payment) else { throw EventRejection.malformed("subject") }
        self.row = row
    }

    // MARK: What the event says changed

    mutating func apply(_ changes: PaymentChanges, at moment: Instant, in work: borrowing UnitOfWork) throws {
        if row.payment.providerReference == nil { reference = changes.payment.providerReference }
        try changes.payment.apply(to: &row.payment)
        for change in changes.operations { try apply(change, at: moment, in: work) }
        guard let change = changes.dispute else { return }
        if let opened = change.begun(of: row.payment.id, at: moment) {
            dispute = opened
            isDisputeOpened = true
        } else {
            dispute = try work.find(Dispute.self, change.id)
            dispute?.amount = change.amount
            dispute?.state = change.state
        }
    }

    private mutating func apply(_ change: OperationChange, at moment: Instant, in work: borrowing UnitOfWork) throws {
        if change.id == row.payment.authorizationOperation {
            let old = row.authorizationState
            change.apply(to: &row.authorization)
            return countDoubt(from: old, to: row.authorizationState)
        }
        let started = change.begun(of: row.payment.id, at: moment)
        guard var operation = try started ?? work.find(PaymentOperation.self, change.id) else {
            throw EventRejection.malformed("data.operations")
        }
        if started != nil { begun.insert(change.id) } else { change.apply(to: &operation) }
        let old = try work.find(PaymentOperation.self, change.id)?.state ?? .requested
        countDoubt(from: old, to: operation.state)
        note(operation)
        operations.append(operation)
    }

    /// A payment counts its operations in doubt.
    private mutating func countDoubt(from old: OperationState, to new: OperationState) {
        if old == .inDoubt { row.payment.doubtCount -= 1 }
        if new == .inDoubt { row.payment.doubtCount += 1 }
    }

    /// A payment knows the void that is open, and the capture its charge brought.
    private mutating func note(_ operation: PaymentOperation) {
        if operation.origin == .charge { row.payment.automaticCapture = operation.id }
        guard operation.kind == .void, operation.origin == .request else { return }
        if operation.state.isOpen {
            row.payment.voiding = operation.id
        } else if row.payment.voiding == operation.id {
            row.payment.voiding = nil
        }
    }

    mutating func noteSubmission(of sent: CommandsSubmitted.Sent) {
        guard sent.isAuthorization, row.payment.authorization == .accepted else { return }
        row.payment.authorization = .authorizing
    }

    // MARK: Writing

    func write(sequence: Int64, in work: inout UnitOfWork) throws {
        var row = row
        row.sequence = sequence
        work.update(row)
        for operation in operations {
            if begun.contains(operation.id) { work.insert(operation) } else { work.update(operation) }
        }
        if let dispute {
            if isDisputeOpened { work.insert(dispute) } else { work.update(dispute) }
        }
        guard let reference else { return }
        let key = PaymentReference.key(of: reference, at: row.payment.providerAccount)
        guard try work.find(PaymentReference.self, key) == nil else { return }
        work.insert(PaymentReference(reference, at: row.payment.providerAccount, names: row.payment.id))
    }
}
