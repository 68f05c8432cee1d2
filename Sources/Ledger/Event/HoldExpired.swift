import EventLog

package struct HoldExpired: LedgerEvent, Hashable {
    package static let type = "summa.ledger.hold.expired"
    package static let meaning = "A hold ended by its timer; what was left of it was given back."
    package static let subjectMeaning = "the hold"
    package static let example = HoldExpired(
        subject: LedgerEventExample.hold.id.description,
        ledger: LedgerMembers(transactions: [LedgerEventExample.ending(.holdExpired, 1_000)]))

    package let subject: String
    package let ledger: LedgerMembers

    package init(subject: String, ledger: LedgerMembers) {
        self.subject = subject
        self.ledger = ledger
    }
}
