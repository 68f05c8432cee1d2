import Ledger
import Storage

/// What must hold of the queue of commands. Its rows are not made again from the log: that a command was claimed, when a lease
/// ends, how often and when a provider is asked again are no events, and change many times between two of them. So the rest is
/// checked: whose command it is, that nothing open goes unasked, and that nothing is being sent which the log has as never sent.
/// What it is checked against, payments and their operations, is made again from the log and compared.
extension PaymentInvariants {
    private static let commandCount: Int64 = 500

    /// What is wrong with the commands of one payment's operations.
    static func commands(
        _ row: PaymentRow, _ operations: [PaymentOperation], in rows: Rows
    ) throws -> [PaymentFinding] {
        try ([row.authorization] + operations).compactMap { operation in
            guard let command = try rows.find(ProviderCommandRow.self, operation.command) else {
                return isAsked(operation) ? .commandMissing(row.payment.id, operation.id) : nil
            }
            if command.payment != row.payment.id || command.providerAccount != row.payment.providerAccount {
                return .commandMisplaced(row.payment.id, command.id)
            }
            return isFitting(command, operation) ? nil : .commandUnfit(row.payment.id, command.id)
        }
    }

    /// Whether a provider has to be asked for it. What is closed needs no command: one that was recovered after a restore has
    /// none. What a provider does by itself with the charge, nobody asks for; a void waits until there is something to void.
    private static func isAsked(_ operation: PaymentOperation) -> Bool {
        guard operation.state.isOpen else { return false }
        return switch operation.kind {
        case .authorization: true
        case .void: operation.state == .submitted || operation.state == .inDoubt
        case .capture, .refund: operation.origin == .request
        }
    }

    private static func isFitting(_ command: ProviderCommandRow, _ operation: PaymentOperation) -> Bool {
        // Whoever claims it to send it notes that in the same commit. After a restore it may be asked about before it is sent.
        let isBeingSent = command.status == .claimed && command.task == .submit
        if operation.state == .requested, isBeingSent { return false }
        return !operation.state.isOpen || command.status != .done
    }

    /// Commands of operations that nobody knows, looked for in the order of their numbers.
    static func unknownCommands(in rows: Rows) throws -> [PaymentFinding] {
        var findings: [PaymentFinding] = []
        var last: Int64 = 0
        while true {
            let page = try rows.select(
                ProviderCommandRow.self, "id > ?2 ORDER BY id LIMIT ?3", [.integer(last), .integer(commandCount)])
            guard let end = page.last else { return findings }
            findings += try page.filter { try !isOfOperation($0, in: rows) }.map { .commandUnknown($0.id) }
            last = end.id.rawValue
        }
    }

    private static func isOfOperation(_ command: ProviderCommandRow, in rows: Rows) throws -> Bool {
        if try PaymentOperationStore.find(command.operation, in: rows) != nil { return true }
        return try rows.find(PaymentRow.self, PaymentID(rawValue: command.id.rawValue)) != nil
    }
}
