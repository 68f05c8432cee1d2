import JSON
import Ledger
import Payments
import Storage

/// What callers see of a payment, whether it is read from its row or from the view.
struct ShownPayment {
    let id: PaymentID
    let hold: LedgerTransactionID
    let figures: any PaymentFigures
    let isInDoubt: Bool
    let merchant: PathSegment
    let providerAccount: PathSegment
    let reference: ExternalID?
    /// Where the payer has to go, where there is something to do.
    let nextActionURL: String?
    let createdAt: Instant
    /// The last event that changed it.
    let sequence: Int64

    init(_ row: PaymentRow, nextActionURL: String? = nil) {
        id = row.payment.id
        hold = row.hold
        figures = row.payment
        isInDoubt = row.payment.isInDoubt
        merchant = row.payment.merchant
        providerAccount = row.payment.providerAccount
        reference = row.payment.reference
        self.nextActionURL = nextActionURL
        createdAt = row.payment.createdAt
        sequence = row.sequence
    }

    init(_ view: PaymentView, nextActionURL: String?) {
        id = view.id
        hold = view.hold
        figures = view
        isInDoubt = view.isInDoubt
        merchant = view.merchant
        providerAccount = view.providerAccount
        reference = view.reference
        self.nextActionURL = nextActionURL
        createdAt = view.createdAt
        sequence = view.sequence
    }
}
