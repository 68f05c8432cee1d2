import EventLog
import JSON
import Ledger
import Storage

/// An event that begins a capture, a void or a refund. Asked for, not done: what becomes of it is told by an outcome.
package protocol OperationRequested: EventContent {
    var payment: PaymentID { get }
    var changes: PaymentChanges { get }
    var ledger: LedgerMembers { get }
    /// Nil where no caller asked, as when a late success is given back.
    var claim: IdempotencyClaim? { get }
    init(payment: PaymentID, changes: PaymentChanges, ledger: LedgerMembers, claim: IdempotencyClaim?)
}

extension OperationRequested {
    package static var subjectMeaning: String { "the payment" }
    package static var fields: [EventField] {
        PaymentChanges.fields + [IdempotencyClaim.field] + LedgerMembers.fields
    }

    package var subject: String { payment.description }

    package func write(to data: inout JSONWriter) {
        changes.write(to: &data)
        claim?.write(to: &data)
        ledger.write(to: &data)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        self.init(
            payment: try PaymentID(subject: subject), changes: try PaymentChanges(from: &data),
            ledger: try LedgerMembers(from: &data), claim: try IdempotencyClaim(from: &data))
    }

    /// The operation as it was asked for.
    package func operation(at moment: Instant) -> PaymentOperation? {
        changes.operations.lazy.compactMap { $0.begun(of: payment, at: moment) }.first
    }
}

extension Identifier {
    /// The thing an event happened to.
    init(subject: String) throws(EventRejection) {
        guard let id = Self(text: subject) else { throw .malformed("subject") }
        self = id
    }
}
