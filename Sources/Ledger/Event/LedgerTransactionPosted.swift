import EventLog

package struct LedgerTransactionPosted: LedgerEvent, Hashable {
    package static let type = "summa.ledger.transaction.posted"
    package static let meaning = "A ledger transaction was posted, and counts."
    package static let subjectMeaning = "the ledger transaction"
    package static let example = LedgerTransactionPosted(
        subject: LedgerEventExample.posted.id.description,
        ledger: LedgerMembers(transactions: [LedgerEventExample.posted]))

    package let subject: String
    package let ledger: LedgerMembers

    package init(subject: String, ledger: LedgerMembers) {
        self.subject = subject
        self.ledger = ledger
    }
}
