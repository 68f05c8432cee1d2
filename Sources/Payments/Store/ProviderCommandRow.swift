import Ledger
import Storage

/// One thing a provider is to be asked, and where the asking stands: the row is the queue. What the command says is in the
/// payment and the operation of its number, so that nothing here can disagree with them.
///
/// Derived: leases, attempts and times of asking are no events. What can be said of a row by the log's payments and operations,
/// `PaymentInvariants` checks.
package struct ProviderCommandRow: Row, Hashable {
    /// The number of the operation it asks for.
    package let id: ProviderCommandID
    package let payment: PaymentID
    package let providerAccount: PathSegment
    package var task: Task
    package var status: Status
    /// How often it was claimed. The number of the last attempt.
    package var attemptCount: Int64
    /// When somebody may take it: of a claimed one, the end of its lease.
    package var dueAt: Instant

    /// What is asked.
    package enum Task: String, Hashable, Sendable {
        /// To do it.
        case submit
        /// What became of it.
        case lookUp = "look_up"
    }

    package enum Status: String, Hashable, Sendable {
        case ready
        /// Somebody is asking.
        case claimed
        /// Nothing is to be asked.
        case done
    }

    package var key: ProviderCommandID { id }
    package var operation: PaymentOperationID { PaymentOperationID(rawValue: id.rawValue) }

    /// Nobody has sent it, or the provider certainly did nothing of it; and nobody is sending it now.
    var waitsToBeSent: Bool { status == .ready && task == .submit }

    package func isDue(at now: Instant) -> Bool { status != .done && dueAt <= now }

    package static let table = TableDefinition<ProviderCommandRow>(
        "provider_command", .derived,
        columns: [
            .integer("id"),
            .integer("payment"),
            .text("provider_account"),
            .text("task", check: "task IN ('submit', 'look_up')"),
            .text("status", check: "status IN ('ready', 'claimed', 'done')"),
            .integer("attempt_count", check: "attempt_count >= 0"),
            .integer("due_at"),
        ],
        checks: ["status <> 'claimed' OR attempt_count > 0"])

    package init(_ operation: PaymentOperation, of payment: Payment, dueAt: Instant) {
        id = operation.command
        self.payment = payment.id
        providerAccount = payment.providerAccount
        task = .submit
        status = .ready
        attemptCount = 0
        self.dueAt = dueAt
    }

    package func write(to columns: inout ColumnWriter) {
        columns.key(id)
        columns.key(payment)
        columns.text(providerAccount.text)
        columns.text(task.rawValue)
        columns.text(status.rawValue)
        columns.integer(attemptCount)
        columns.instant(dueAt)
    }

    package init(from columns: inout ColumnReader) throws {
        id = try columns.key()
        payment = try columns.key()
        providerAccount = try columns.parsed("provider_account") { PathSegment($0) }
        task = try columns.named("task")
        status = try columns.named("status")
        attemptCount = columns.integer()
        dueAt = columns.instant()
    }
}
