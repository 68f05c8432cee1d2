import Ledger
import Money

/// What is wrong with a payment.
package enum PaymentFinding: Hashable, Sendable {
    /// More was captured than authorized, and nobody was told.
    case capturedAboveAuthorized(PaymentID)
    /// More was refunded, is being refunded or was disputed than captured, and nobody was told.
    case returnedAboveCaptured(PaymentID)
    /// What is reserved is not what open requests ask for.
    case reservationDiffers(PaymentID, OperationKind)
    /// A sum is not what the payment's operations posted.
    case sumDiffers(PaymentID, PaymentSum)
    case doubtsMiscounted(PaymentID)
    /// The payment has ended, its hold has not.
    case holdOutlives(PaymentID, LedgerTransactionID)
    /// The ledger has not what the payment says is held.
    case holdDiffers(PaymentID, LedgerTransactionID)
    /// Something is open on an account that returns to zero, and nobody waits for it or was told.
    case unexplained(AccountPath, OpenItem, Amount)
}

extension PaymentFinding: CustomStringConvertible {
    package var description: String {
        switch self {
        case .capturedAboveAuthorized(let payment): "\(payment): captured above authorized, and not flagged"
        case .returnedAboveCaptured(let payment): "\(payment): returned above captured, and not flagged"
        case .reservationDiffers(let payment, let kind): "\(payment): \(kind.rawValue)s in flight do not add up"
        case .sumDiffers(let payment, let sum): "\(payment): \(sum.rawValue) is not what its operations posted"
        case .doubtsMiscounted(let payment): "\(payment): its operations in doubt are miscounted"
        case .holdOutlives(let payment, let hold): "\(payment): hold \(hold) outlives it"
        case .holdDiffers(let payment, let hold): "\(payment): hold \(hold) is not as the ledger has it"
        case .unexplained(let path, let item, let amount):
            "\(path): \(amount.minorUnits) of \(item) is open, and nothing says why"
        }
    }
}
