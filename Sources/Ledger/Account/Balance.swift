/// The four counters of an account, in minor units of its currency. They only grow, except that the pending ones shrink
/// when a hold ends; what the account is worth is their difference, seen from its normal side.
package struct Balance: Hashable, Sendable {
    package private(set) var debitsPosted: Int64 = 0
    package private(set) var creditsPosted: Int64 = 0
    package private(set) var debitsPending: Int64 = 0
    package private(set) var creditsPending: Int64 = 0

    package init() {}

    /// - Precondition: no counter is negative, and neither side's posted and pending counters together pass `Int64.max`.
    package init(debitsPosted: Int64, creditsPosted: Int64, debitsPending: Int64, creditsPending: Int64) {
        precondition(
            min(debitsPosted, creditsPosted, debitsPending, creditsPending) >= 0, "a counter is never negative")
        precondition(
            !debitsPosted.addingReportingOverflow(debitsPending).overflow
                && !creditsPosted.addingReportingOverflow(creditsPending).overflow, "a side fits 63 bits")
        self.debitsPosted = debitsPosted
        self.creditsPosted = creditsPosted
        self.debitsPending = debitsPending
        self.creditsPending = creditsPending
    }
}

/// What the counters mean. Each fits `Int64`, because each side's posted and pending counters together do.
extension Balance {
    /// What counts: the posted counters alone.
    package func posted(on normalSide: Side) -> Int64 {
        normalSide == .debit ? debitsPosted - creditsPosted : creditsPosted - debitsPosted
    }

    /// Posted plus every hold, incoming and outgoing.
    package func pending(on normalSide: Side) -> Int64 {
        let debits = debitsPosted + debitsPending
        let credits = creditsPosted + creditsPending
        return normalSide == .debit ? debits - credits : credits - debits
    }

    /// Posted less outgoing holds: what may be spent. An incoming hold never raises it.
    package func available(on normalSide: Side) -> Int64 {
        normalSide == .debit
            ? debitsPosted - (creditsPosted + creditsPending)
            : creditsPosted - (debitsPosted + debitsPending)
    }
}

/// How the counters move. A step that would overflow changes nothing.
extension Balance {
    /// Counts a posted leg.
    package mutating func post(_ minorUnits: Int64, on side: Side) throws(BalanceOverflow) {
        try grow(side, posted: minorUnits, pending: 0)
    }

    /// Counts a pending leg.
    package mutating func hold(_ minorUnits: Int64, on side: Side) throws(BalanceOverflow) {
        try grow(side, posted: 0, pending: minorUnits)
    }

    /// Ends a pending leg, or part of one, without posting it.
    /// - Precondition: that much is pending on the side; holds are found before they are ended.
    package mutating func release(_ minorUnits: Int64, on side: Side) {
        precondition(minorUnits >= 0, "an amount released is never negative")
        switch side {
        case .debit:
            precondition(minorUnits <= debitsPending, "no more is released than is pending")
            debitsPending -= minorUnits
        case .credit:
            precondition(minorUnits <= creditsPending, "no more is released than is pending")
            creditsPending -= minorUnits
        }
    }

    private mutating func grow(_ side: Side, posted: Int64, pending: Int64) throws(BalanceOverflow) {
        precondition(posted >= 0 && pending >= 0, "a counter only grows")
        let held = side == .debit ? debitsPosted + debitsPending : creditsPosted + creditsPending
        let (partial, first) = held.addingReportingOverflow(posted)
        guard !first, !partial.addingReportingOverflow(pending).overflow else { throw BalanceOverflow(side: side) }
        switch side {
        case .debit:
            debitsPosted += posted
            debitsPending += pending
        case .credit:
            creditsPosted += posted
            creditsPending += pending
        }
    }
}

/// A side of an account is full: its counters cannot take the leg. The ledger's rejection names the account.
package struct BalanceOverflow: Error, Hashable {
    package let side: Side

    package init(side: Side) {
        self.side = side
    }
}
