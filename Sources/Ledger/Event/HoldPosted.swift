import EventLog

package struct HoldPosted: LedgerEvent, Hashable {
    package static let type = "summa.ledger.hold.posted"
    package static let meaning = "A hold, or part of it, was posted: that much is no longer pending, and counts."
    package static let subjectMeaning = "the hold"
    package static let example = HoldPosted(
        subject: LedgerEventExample.hold.id.description,
        ledger: LedgerMembers(transactions: [LedgerEventExample.ending(.holdPosted, 400)]))

    package let subject: String
    package let ledger: LedgerMembers

    package init(subject: String, ledger: LedgerMembers) {
        self.subject = subject
        self.ledger = ledger
    }
}
