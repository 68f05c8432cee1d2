import Storage

/// The operations of payments, wherever each stands.
package enum PaymentOperationStore {
    /// An operation of a payment: its authorization, which has the payment's number, or one with a row of its own.
    package static func find(
        _ id: PaymentOperationID, of payment: PaymentID, in work: borrowing UnitOfWork
    ) throws -> PaymentOperation? {
        if id.rawValue == payment.rawValue { return try work.find(PaymentRow.self, payment)?.authorization }
        return try work.find(PaymentOperation.self, id)
    }

    /// The captures, voids and refunds of a payment, oldest first.
    package static func all(
        of payment: PaymentID, in work: borrowing UnitOfWork
    ) throws -> [PaymentOperation] {
        try work.group(PaymentOperation.byPayment, payment).sorted { $0.id < $1.id }
    }

    // MARK: Reading

    package static func find(_ id: PaymentOperationID, in rows: Rows) throws -> PaymentOperation? {
        try rows.find(PaymentOperation.self, id)
    }

    /// The captures, voids and refunds of a payment, oldest first.
    package static func all(of payment: PaymentID, in rows: Rows) throws -> [PaymentOperation] {
        try rows.group(PaymentOperation.byPayment, payment).sorted { $0.id < $1.id }
    }
}
