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
    /// An operation that a provider is asked for has no command: nobody will ask.
    case commandMissing(PaymentID, PaymentOperationID)
    /// A command names another payment or provider account than its operation has.
    case commandMisplaced(PaymentID, ProviderCommandID)
    /// A command says that nothing is left to ask while its operation is open, or that the operation is being
    /// sent while it was certainly not sent.
    case commandUnfit(PaymentID, ProviderCommandID)
    /// A command of an operation that is not there.
    case commandUnknown(ProviderCommandID)
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
        case .commandMissing(let payment, let operation):
            "\(payment): \(operation) has no provider_command, so that nobody asks for it"
        case .commandMisplaced(let payment, let command):
            "\(payment): provider_command \(command) names another payment or provider account"
        case .commandUnfit(let payment, let command):
            "\(payment): provider_command \(command) does not go with the state of its operation"
        case .commandUnknown(let command): "provider_command \(command) is of no operation"
        case .unexplained(let path, let item, let amount):
            "\(path): \(amount.minorUnits) of \(item) is open, and nothing says why"
        }
    }
}
