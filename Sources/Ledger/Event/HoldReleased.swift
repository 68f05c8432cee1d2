import EventLog

package struct HoldReleased: LedgerEvent, Hashable {
    package static let type = "summa.ledger.hold.released"
    package static let meaning = "A hold, or part of it, was given back; nothing moved."
    package static let subjectMeaning = "the hold"
    package static let example = HoldReleased(
        subject: LedgerEventExample.hold.id.description,
        ledger: LedgerMembers(transactions: [LedgerEventExample.ending(.holdReleased, 600)]))

    package let subject: String
    package let ledger: LedgerMembers

    package init(subject: String, ledger: LedgerMembers) {
        self.subject = subject
        self.ledger = ledger
    }
}
