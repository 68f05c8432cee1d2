import EventLog
import Ledger
import Money
import Storage

/// One payment while a unit of work changes it: its rows as they were found and as they are to be, and what was done to the
/// ledger and put on people's list meanwhile. Ends in one event, which tells exactly the difference.
struct PaymentInHand {
    private var found: PaymentRow
    private var foundOperations: [PaymentOperationID: PaymentOperation] = [:]
    private var foundDispute: Dispute?

    private(set) var row: PaymentRow
    /// The captures, voids and refunds that were touched, in the order they were.
    private(set) var operations: [PaymentOperation] = []
    private(set) var dispute: Dispute?
    var ledger = LedgerJournal()
    var workItems = WorkItemJournal()

    init(_ row: PaymentRow) {
        found = row
        self.row = row
    }

    /// - Throws: `RequestRejection` when there is no such payment.
    static func find(
        _ id: PaymentID, for request: RequestKind, in work: borrowing UnitOfWork
    ) throws -> PaymentInHand {
        guard let row = try work.find(PaymentRow.self, id) else { throw RequestRejection(request, .unknownPayment) }
        return PaymentInHand(row)
    }

    var payment: Payment {
        get { row.payment }
        set { row.payment = newValue }
    }

    // MARK: Changing

    /// Takes an operation as it is to be.
    /// - Parameter found: As it was found; nil for one that begins.
    mutating func put(_ operation: PaymentOperation, found: PaymentOperation?) {
        guard operation.kind != .authorization else { return row.authorization = operation }
        if let found, foundOperations[found.id] == nil { foundOperations[found.id] = found }
        if let index = operations.firstIndex(where: { $0.id == operation.id }) {
            operations[index] = operation
        } else {
            operations.append(operation)
        }
    }

    mutating func put(_ dispute: Dispute, found: Dispute?) {
        self.dispute = dispute
        foundDispute = found
    }

    /// What a fact has made of its subject.
    mutating func put(_ subject: FactSubject, found: FactSubject) {
        row.payment = subject.payment
        row.authorization = subject.authorization
        if let operation = subject.operation {
            put(operation, found: subject.isOperationKnown ? found.operation : nil)
        }
        if let voiding = subject.voiding, voiding.id != subject.operation?.id { put(voiding, found: found.voiding) }
        if let dispute = subject.dispute, dispute.state != .none {
            put(dispute, found: found.dispute?.state == DisputeState.none ? nil : found.dispute)
        }
    }

    // MARK: Telling

    private var changedOperations: [PaymentOperation] {
        operations.filter { $0 != foundOperations[$0.id] }
    }

    /// The difference between what was found and what is to be.
    var changes: PaymentChanges {
        var operations = changedOperations.map { OperationChange(from: foundOperations[$0.id], to: $0) }
        if row.authorization != found.authorization {
            operations.insert(OperationChange(from: found.authorization, to: row.authorization), at: 0)
        }
        return PaymentChanges(
            payment: PaymentChange(from: found.payment, to: row.payment), operations: operations,
            dispute: dispute == foundDispute ? nil : dispute.map { DisputeChange(from: foundDispute, to: $0) })
    }

    /// Writes the rows and appends the event that tells of them. Answers its sequence; what comes after it is another event's.
    @discardableResult
    mutating func append<Content: EventContent>(
        _ content: Content, context: EventContext, in work: inout UnitOfWork
    ) throws -> Int64 {
        try save(in: &work)
        let sequence = work.append(content, context: context)
        let saved = self
        self = PaymentInHand(saved.row)
        for operation in saved.operations { put(operation, found: operation) }
        if let dispute = saved.dispute { put(dispute, found: dispute) }
        return sequence
    }

    private mutating func save(in work: inout UnitOfWork) throws {
        row.sequence = work.nextSequence
        work.update(row)
        for operation in changedOperations {
            if foundOperations[operation.id] == nil { work.insert(operation) } else { work.update(operation) }
        }
        if let dispute, dispute != foundDispute {
            if foundDispute == nil { work.insert(dispute) } else { work.update(dispute) }
        }
        if let reference = payment.providerReference, found.payment.providerReference == nil {
            try PaymentReferenceStore.note(reference, of: payment, in: &work)
        }
        PaymentEventStore.note(payment.id, in: &work)
    }
}
