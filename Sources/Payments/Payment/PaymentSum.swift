import Money

/// The sums a payment keeps beside what was asked for, each with the name it has in rows and events.
package enum PaymentSum: String, Hashable, Sendable, CaseIterable {
    case authorized
    case captured
    case refunded
    case disputed
    case lost
    case settled
    case received
    case capturesInFlight = "captures_in_flight"
    case refundsInFlight = "refunds_in_flight"
    case feeCharged = "fee_charged"
    case feeReturned = "fee_returned"
}

extension PaymentAmounts {
    package subscript(_ sum: PaymentSum) -> Amount {
        get {
            switch sum {
            case .authorized: authorized
            case .captured: captured
            case .refunded: refunded
            case .disputed: disputed
            case .lost: lost
            case .settled: settled
            case .received: received
            case .capturesInFlight: capturesInFlight
            case .refundsInFlight: refundsInFlight
            case .feeCharged: feeCharged
            case .feeReturned: feeReturned
            }
        }
        set {
            switch sum {
            case .authorized: authorized = newValue
            case .captured: captured = newValue
            case .refunded: refunded = newValue
            case .disputed: disputed = newValue
            case .lost: lost = newValue
            case .settled: settled = newValue
            case .received: received = newValue
            case .capturesInFlight: capturesInFlight = newValue
            case .refundsInFlight: refundsInFlight = newValue
            case .feeCharged: feeCharged = newValue
            case .feeReturned: feeReturned = newValue
            }
        }
    }
}
