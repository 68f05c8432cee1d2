/// Why an account was not opened or changed, in the order the checks are made.
package enum AccountRejection: Error, Hashable {
    /// The path is one of the standard chart's: those accounts come into being with their first posting.
    case accountReserved(AccountPath)
    /// The path names another account already; the member is the first that differs.
    case pathTaken(AccountPath, existing: AccountID, firstDifference: String)
    case unknownAccount(AccountReference)
    /// A closed account stays closed, and as it was.
    case accountClosed(AccountPath)
    /// Only an account at zero is closed.
    case balanceNotZero(AccountPath, posted: Int64)
    /// Only an account with nothing pending is closed.
    case holdsPending(AccountPath)
    case limitsCrossed(AccountPath, floor: Int64, ceiling: Int64)
    /// A mirror of an issuer's promise gates nothing, and those stand on control accounts only: so these have no ceiling.
    case ceilingOnControlAccount(AccountPath)
}
