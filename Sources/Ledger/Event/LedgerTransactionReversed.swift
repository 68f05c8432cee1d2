import EventLog

package struct LedgerTransactionReversed: LedgerEvent, Hashable {
    package static let type = "summa.ledger.transaction.reversed"
    package static let meaning = "A ledger transaction was undone, wholly or in part, by its opposite; it stays posted."
    package static let subjectMeaning = "the ledger transaction that was reversed"
    package static let example = LedgerTransactionReversed(
        subject: LedgerEventExample.posted.id.description,
        ledger: LedgerMembers(transactions: [LedgerEventExample.reversal]))

    package let subject: String
    package let ledger: LedgerMembers

    package init(subject: String, ledger: LedgerMembers) {
        self.subject = subject
        self.ledger = ledger
    }
}
