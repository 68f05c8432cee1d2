import EventLog

package struct HoldVoided: LedgerEvent, Hashable {
    package static let type = "summa.ledger.hold.voided"
    package static let meaning = "What was left of a hold was given back and the hold ended; nothing moved."
    package static let subjectMeaning = "the hold"
    package static let example = HoldVoided(
        subject: LedgerEventExample.hold.id.description,
        ledger: LedgerMembers(transactions: [LedgerEventExample.ending(.holdVoided, 1_000)]))

    package let subject: String
    package let ledger: LedgerMembers

    package init(subject: String, ledger: LedgerMembers) {
        self.subject = subject
        self.ledger = ledger
    }
}
