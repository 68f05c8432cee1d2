import Ledger
import Money
import Storage

/// Finds what a fact speaks of, among all that is recorded.
///
/// By our own reference first, which the provider echoes; then by the provider's names for the payment and the movement. What
/// names none of ours on a payment we know was done by the provider: with the charge, or unasked.
struct FactSubjectSearch {
    let fact: ProviderFact
    let account: PathSegment
    /// Of a capture that is not known here: that none follows it.
    var isFinalCapture = false

    private var command: ProviderCommandID? { fact.operationReference.flatMap(ProviderCommandID.init(text:)) }

    // MARK: The payment

    /// Nil when the fact names nothing this provider account could speak of.
    func payment(in work: borrowing UnitOfWork) throws -> PaymentRow? {
        if let command, let row = try payment(of: command, in: work), row.payment.providerAccount == account {
            return row
        }
        guard let reference = fact.paymentReference,
            let payment = try PaymentReferenceStore.find(reference, at: account, in: work)
        else { return nil }
        return try work.find(PaymentRow.self, payment)
    }

    /// A command has the number of its operation, and an authorization that of its payment.
    private func payment(of command: ProviderCommandID, in work: borrowing UnitOfWork) throws -> PaymentRow? {
        if let row = try work.find(PaymentRow.self, PaymentID(rawValue: command.rawValue)) { return row }
        guard let operation = try work.find(PaymentOperation.self, PaymentOperationID(rawValue: command.rawValue))
        else { return nil }
        return try work.find(PaymentRow.self, operation.payment)
    }

    // MARK: What of it

    func subject(of row: PaymentRow, in work: inout UnitOfWork) throws -> FactSubject {
        var subject = FactSubject(payment: row.payment, authorization: row.authorization)
        if let voiding = row.payment.voiding { subject.voiding = try work.find(PaymentOperation.self, voiding) }
        switch fact.kind.operation {
        case .authorization: break
        case nil: subject.dispute = try dispute(of: row.payment, in: &work)
        case let kind?:
            let known = try operation(kind, of: row.payment, in: work)
            subject.isOperationKnown = known != nil
            subject.operation = try known ?? beginning(kind, of: row.payment, in: &work)
        }
        if fact.kind.endsPromise, row.payment.amounts.capturesInFlight.isPositive {
            subject.openCaptures = try PaymentOperationStore.all(of: row.payment.id, in: work)
                .filter { $0.kind == .capture && $0.state.isOpen }.map(\.id)
        }
        return subject
    }

    private func operation(
        _ kind: OperationKind, of payment: Payment, in work: borrowing UnitOfWork
    ) throws -> PaymentOperation? {
        if let command, command.rawValue != payment.id.rawValue,
            let named = try work.find(PaymentOperation.self, PaymentOperationID(rawValue: command.rawValue)),
            named.kind == kind, named.payment == payment.id
        {
            return named
        }
        if let movement = fact.movementReference {
            let operations = try PaymentOperationStore.all(of: payment.id, in: work)
            let known = operations.first { $0.kind == kind && $0.providerReference == movement }
            if let known { return known }
        }
        return try implied(kind, of: payment).flatMap { try work.find(PaymentOperation.self, $0) }
    }

    /// What is meant without being named: the void that is on its way, the capture the charge asked for. A movement that has
    /// another name of its own, and echoes none of ours, is another one.
    private func implied(_ kind: OperationKind, of payment: Payment) -> PaymentOperationID? {
        switch kind {
        case .void: payment.voiding
        case .capture where isOfCharge(payment) || fact.movementReference == nil: payment.automaticCapture
        default: nil
        }
    }

    /// Whether it echoes the reference of the charge itself.
    private func isOfCharge(_ payment: Payment) -> Bool { command?.rawValue == payment.id.rawValue }

    /// An operation nobody here asked for, as far as these books remember. One that echoes a command of ours was forgotten when
    /// a backup was put back, and comes back under the number it had.
    private func beginning(
        _ kind: OperationKind, of payment: Payment, in work: inout UnitOfWork
    ) throws -> PaymentOperation {
        let amounts = payment.amounts
        let promised = amounts.authorized.isPositive ? amounts.authorized : amounts.requested
        let isAutomatic =
            kind == .capture && payment.captureMode == .automatic && payment.automaticCapture == nil
            && (isOfCharge(payment) || fact.operationReference == nil)
        let unstated = kind == .void || isAutomatic ? promised : .zero(payment.currency)
        let amount = fact.amount ?? unstated
        let forgotten = try forgottenNumber(in: work)
        // What failed and states no amount is not known to have been asked for by us.
        let origin: OperationOrigin =
            isAutomatic ? .charge : forgotten != nil && amount.isPositive ? .request : .provider
        return PaymentOperation(
            id: forgotten ?? work.newIdentifier(), payment: payment.id, kind: kind, origin: origin, amount: amount,
            isFinal: isAutomatic || isFinalCapture, createdAt: work.now)
    }

    /// The number of the command it echoes, where nothing has that number.
    private func forgottenNumber(in work: borrowing UnitOfWork) throws -> PaymentOperationID? {
        guard let command, try payment(of: command, in: work) == nil else { return nil }
        return PaymentOperationID(rawValue: command.rawValue)
    }

    /// The dispute by the provider's name for it; without one, the payment's only one.
    private func dispute(of payment: Payment, in work: inout UnitOfWork) throws -> Dispute? {
        let known = try work.group(Dispute.byPayment, payment.id).sorted { $0.id < $1.id }
        let named = fact.movementReference.map { name in known.first { $0.providerReference == name } }
        if let dispute = named ?? known.last { return dispute }
        guard let amount = fact.amount else { return nil }
        let name = fact.movementReference ?? fact.paymentReference ?? .unnamed
        return Dispute(
            id: work.newIdentifier(), payment: payment.id, providerReference: name, openedAt: work.now, amount: amount)
    }
}

extension ProviderReference {
    /// Of what the provider gave no name.
    fileprivate static var unnamed: ProviderReference {
        guard let name = ProviderReference("unnamed") else { preconditionFailure("its letters are allowed") }
        return name
    }
}
