import EventLog
import Ledger

package struct RefundRequested: OperationRequested, Hashable {
    package static let type = "summa.payments.refund.requested"
    package static let meaning =
        "A refund was asked for; its amount is reserved under the ceiling and out of the merchant's funds."
    package static let example = PaymentEventExample.refundRequested

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
