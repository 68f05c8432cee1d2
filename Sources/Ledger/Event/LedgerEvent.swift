import EventLog
import JSON
import Storage

/// An event whose only facts are the ledger's own: what the ledger's verbs append when no other module's event says why.
protocol LedgerEvent: EventContent {
    var ledger: LedgerMembers { get }
    init(subject: String, ledger: LedgerMembers)
}

extension LedgerEvent {
    package static var fields: [EventField] { LedgerMembers.fields }

    package func write(to data: inout JSONWriter) { ledger.write(to: &data) }

    package init(subject: String, from data: inout JSONFields) throws {
        self.init(subject: subject, ledger: try LedgerMembers(from: &data))
    }
}

/// The ledger's event types.
package enum LedgerEvents {
    package static let contents: [any EventContent.Type] = [
        AccountOpened.self, AccountChanged.self, LedgerTransactionPosted.self, LedgerTransactionReversed.self,
        HoldPlaced.self, HoldPosted.self, HoldReleased.self, HoldVoided.self, HoldExpired.self,
    ]
}

extension UnitOfWork {
    /// Tells of one ledger transaction, and of the accounts it opened, in an event of the ledger's own. What ends a hold
    /// or reverses something happened to that, so that is the event's subject.
    mutating func append(_ recorded: RecordedTransaction, _ journal: LedgerJournal, context: EventContext) {
        let ledger = LedgerMembers(journal)
        let header = recorded.header
        let subject = (header.parent ?? header.id).description
        switch header.phase {
        case .posted: append(LedgerTransactionPosted(subject: subject, ledger: ledger), context: context)
        case .reversal: append(LedgerTransactionReversed(subject: subject, ledger: ledger), context: context)
        case .pending: append(HoldPlaced(subject: subject, ledger: ledger), context: context)
        case .holdPosted: append(HoldPosted(subject: subject, ledger: ledger), context: context)
        case .holdReleased: append(HoldReleased(subject: subject, ledger: ledger), context: context)
        case .holdVoided: append(HoldVoided(subject: subject, ledger: ledger), context: context)
        case .holdExpired: append(HoldExpired(subject: subject, ledger: ledger), context: context)
        }
    }
}
