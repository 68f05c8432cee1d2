import EventLog
import Ledger
import Payments
import Storage

/// Writes a line, what it posts, and the one event that tells of both.
enum LineRecording {
    static func record(
        _ row: StatementLine, _ draft: LedgerTransactionDraft?, context: EventContext, in work: inout UnitOfWork
    ) throws {
        var journal = LedgerJournal()
        var workItems = WorkItemJournal()
        if let draft { _ = try LedgerStore.post(draft, in: &work, journal: &journal) }
        for flag in journal.flags {
            let item = WorkItemDraft(WorkItemKind(flag), of: row.id, amount: row.amount)
            try WorkItemStore.open(item, in: &work, journal: &workItems)
        }
        work.insert(row)
        if let payment = row.payment { PaymentEventStore.note(payment, in: &work) }
        work.append(
            LineBooked(row, ledger: LedgerMembers(journal), workItems: WorkItemMembers(workItems)), context: context)
    }
}
