import Storage

/// Puts together what a provider is asked, from the payment and the operation it is about.
enum ProviderCommandAssembly {
    /// Nil when there is nothing left to do: the operation is closed, and it was to be sent.
    static func command(of row: ProviderCommandRow, in work: borrowing UnitOfWork) throws -> ProviderCommand? {
        guard let payment = try PaymentStore.find(row.payment, in: work)?.payment,
            let operation = try PaymentOperationStore.find(row.operation, of: row.payment, in: work)
        else { return nil }
        guard row.task == .lookUp || operation.state.isOpen else { return nil }
        return ProviderCommand(
            id: row.id, book: work.bookName, kind: try kind(of: operation, payment, in: work), amount: operation.amount,
            paymentReference: payment.providerReference)
    }

    private static func kind(
        of operation: PaymentOperation, _ payment: Payment, in work: borrowing UnitOfWork
    ) throws -> ProviderCommand.Kind {
        switch operation.kind {
        case .authorization: .authorize(payment.method, capture: payment.captureMode)
        case .capture: .capture(isFinal: operation.isFinal)
        case .void: .void
        case .refund: .refund(capture: try onlyCapture(of: payment, in: work))
        }
    }

    /// The provider's name of the capture to refund; with several, which of them is the provider's to choose.
    private static func onlyCapture(
        of payment: Payment, in work: borrowing UnitOfWork
    ) throws -> ProviderReference? {
        let captures = try PaymentOperationStore.all(of: payment.id, in: work)
            .filter { $0.kind == .capture && $0.state == .succeeded }
        return captures.count == 1 ? captures[0].providerReference : nil
    }
}
