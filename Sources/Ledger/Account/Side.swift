/// Debit or credit. Neither means good, plus or in: which side increases an account is its type's affair.
package enum Side: Int64, Hashable, Sendable, CaseIterable {
    case debit = 1
    case credit = -1

    package var opposite: Side {
        switch self {
        case .debit: .credit
        case .credit: .debit
        }
    }
}

extension Side: CustomStringConvertible {
    package var description: String {
        switch self {
        case .debit: "debit"
        case .credit: "credit"
        }
    }
}
