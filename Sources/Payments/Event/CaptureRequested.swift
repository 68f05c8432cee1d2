import EventLog
import Ledger

package struct CaptureRequested: OperationRequested, Hashable {
    package static let type = "summa.payments.capture.requested"
    package static let meaning = "A capture was asked for; its amount is reserved under the authorization."
    package static let example = PaymentEventExample.captureRequested

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
