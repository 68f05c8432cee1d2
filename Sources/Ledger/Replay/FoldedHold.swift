import Storage

/// A hold as the events that take from it leave it.
struct FoldedHold {
    private(set) var remaining: Int64
    private(set) var posted: Int64 = 0
    private(set) var lastPhase = LedgerPhase.pending
    let kind: Hold.Kind
    let expiresAt: Instant?
    private var legs: [LoggedPosting]

    init(_ transaction: LoggedTransaction, _ kind: Hold.Kind) {
        remaining = transaction.postings[0].minorUnits
        self.kind = kind
        expiresAt = transaction.expiresAt
        legs = transaction.postings
    }

    var status: Hold.Status {
        if remaining > 0 { return .open }
        if lastPhase == .holdExpired { return .expired }
        return posted > 0 ? .posted : .voided
    }

    /// Whether it has the hold's accounts, sides and items, and where there are more than two legs their amounts too.
    func hasLegs(of transaction: LoggedTransaction) -> Bool {
        let others = transaction.postings
        guard others.count == legs.count else { return false }
        return zip(others, legs).allSatisfy { other, leg in
            other.account == leg.account && other.side == leg.side && other.item == leg.item
                && (legs.count == 2 || other.minorUnits == leg.minorUnits)
        }
    }

    mutating func take(_ minorUnits: Int64, _ phase: LedgerPhase) {
        remaining -= minorUnits
        if phase == .holdPosted { posted += minorUnits }
        lastPhase = phase
        // An ended hold is kept to be known when it is ended again; its legs are not needed for that.
        if remaining == 0 { legs = [] }
    }
}
