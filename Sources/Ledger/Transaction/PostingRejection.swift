import Money

/// Why the ledger refused, in the order the checks are made.
package enum PostingRejection: Error, Hashable {
    /// The external id names another ledger transaction already; the field is the first that differs.
    case externalIDReused(ExternalID, existing: LedgerTransactionID, firstDifference: String)
    case unknownAccount(AccountReference)
    /// Only posting rules and approved adjustments write it.
    case accountReserved(AccountPath)
    case currencyMismatch(AccountPath, posting: Currency)
    case accountClosed(AccountPath)
    case accountFrozen(AccountPath)
    /// A counter of the account would pass what 63 bits hold.
    case balanceOverflow(AccountPath)
    /// What was available before, and the floor that the rest would have gone below, in minor units.
    case insufficientFunds(AccountPath, available: Amount, floor: Int64)
    case ceilingExceeded(AccountPath, ceiling: Int64)

    // Holds
    case unknownTransaction(LedgerTransactionID)
    case notAHold(LedgerTransactionID)
    case holdEnded(LedgerTransactionID, Hold.Status)
    case exceedsHold(LedgerTransactionID, remaining: Int64, requested: Int64)
    case amountNotPositive(Int64)
    /// A hold or reversal of more than two legs is whole or not at all.
    case partNeedsTwoLegs(LedgerTransactionID)

    // Reversals
    /// Only what counts in the posted balance is reversed, and no reversal of a reversal.
    case notReversible(LedgerTransactionID, LedgerPhase)
    case exceedsOriginal(LedgerTransactionID, remaining: Int64, requested: Int64)
}
