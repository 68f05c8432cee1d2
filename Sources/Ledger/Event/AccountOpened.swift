import EventLog

package struct AccountOpened: LedgerEvent, Hashable {
    package static let type = "summa.ledger.account.opened"
    package static let meaning = "An account was opened by itself, before anything was posted to it."
    package static let subjectMeaning = "the account"
    package static let example = AccountOpened(
        subject: LedgerEventExample.wallet.id.description,
        ledger: LedgerMembers(accounts: [LedgerEventExample.wallet]))

    package let subject: String
    package let ledger: LedgerMembers

    package init(subject: String, ledger: LedgerMembers) {
        self.subject = subject
        self.ledger = ledger
    }
}
