/// What an account is, seen from our books: money we owe a merchant is our liability.
package enum AccountType: String, Hashable, Sendable, CaseIterable {
    case asset
    case liability
    case equity
    case revenue
    case expense

    /// The side that increases an account of this type.
    package var normalSide: Side {
        switch self {
        case .asset, .expense: .debit
        case .liability, .equity, .revenue: .credit
        }
    }
}
