import EventLog
import Ledger

package struct VoidRequested: OperationRequested, Hashable {
    package static let type = "summa.payments.void.requested"
    package static let meaning =
        "The end of an authorization was asked for. One that was never sent to the provider ended with it."
    package static let example = PaymentEventExample.voidRequested

    package let payment: PaymentID
    package let changes: PaymentChanges
    package let ledger: LedgerMembers
    package let claim: IdempotencyClaim?

    package init(payment: PaymentID, changes: PaymentChanges, ledger: LedgerMembers, claim: IdempotencyClaim?) {
        self.payment = payment
        self.changes = changes
        self.ledger = ledger
        self.claim = claim
    }
}
