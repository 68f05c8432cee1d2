/// What may be changed of an account after it was opened. Its path, type and currency never are.
package enum AccountChange: Hashable, Sendable {
    /// Requests are refused until it is unfrozen.
    case freeze
    case unfreeze
    /// For ever; only at zero with nothing pending.
    case close
    /// Other limits, in minor units on the normal side; nil for none. They bind the requests that come: an account that
    /// stands beyond its new limit stays where it is.
    case limit(floor: Int64?, ceiling: Int64?)
}

extension Account {
    /// The account with a change made to it.
    package func changed(by change: AccountChange) -> Account {
        var account = self
        switch change {
        case .freeze: account.status = .frozen
        case .unfreeze: account.status = .open
        case .close: account.status = .closed
        case .limit(let floor, let ceiling): (account.floor, account.ceiling) = (floor, ceiling)
        }
        return account
    }
}
