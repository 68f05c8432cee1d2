import EventLog

package struct HoldPlaced: LedgerEvent, Hashable {
    package static let type = "summa.ledger.hold.placed"
    package static let meaning = "Value was reserved, and not moved."
    package static let subjectMeaning = "the hold"
    package static let example = HoldPlaced(
        subject: LedgerEventExample.hold.id.description,
        ledger: LedgerMembers(transactions: [LedgerEventExample.hold]))

    package let subject: String
    package let ledger: LedgerMembers

    package init(subject: String, ledger: LedgerMembers) {
        self.subject = subject
        self.ledger = ledger
    }
}
