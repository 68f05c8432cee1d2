import Money

/// Why an adjustment is refused, in the order checked.
package enum AdjustmentRejection: Error, Hashable {
    case unknownBreak(BreakID)
    case breakResolved(BreakID, BreakResolution)
    /// The table of breaks does not let a break of this class be adjusted this way.
    case notForClass(BreakClass, AdjustmentKind, allowed: [AdjustmentKind])
    /// Only money from the bank can be identified by hand.
    case onlyBankLines(BreakID)
    /// The break is younger than the terms' patience.
    case tooEarly(ageDays: Int, patienceDays: Int64)
    /// Nothing stands open in the books because of the break.
    case nothingOpen(BreakID)
    /// A surplus is not written off, and not a fee.
    case notAShortfall(open: Amount)
    /// The amount has another sign or currency than what is open, is zero, or more than it.
    case exceedsOpen(open: Amount, requested: Amount)
    case exceedsTolerance(minorUnits: Int64)
    /// Identified money needs an account; the other kinds name none.
    case targetRequired
    case targetNotAllowed
    /// It is not in the amount's currency, or tracks items: which one, nobody said.
    case targetUnfit
    /// One proposal at a time, or two could take the same difference.
    case alreadyProposed(AdjustmentID)

    // Deciding
    case unknownAdjustment(AdjustmentID)
    case alreadyDecided(AdjustmentID, AdjustmentDecision)
    /// Whoever proposed it does not approve it.
    case approvesOwn(AdjustmentID)

    // Accepting
    /// Money stands open because of it: it is adjusted, not accepted.
    case stillOpen(Amount)
}
