import Money
import Storage

/// A ledger transaction before the ledger has seen it. A draft that exists has at least two legs, positive amounts, and in
/// each currency debits equal to credits; what depends on accounts and balances is checked under the lock.
package struct LedgerTransactionDraft: Hashable, Sendable {
    package let postings: [Posting]
    package let reason: PostingReason
    package let phase: Phase
    package let authority: PostingAuthority
    package let externalID: ExternalID?
    /// The day whose period it belongs to; nil for today's business date, which the ledger knows.
    package let bookingDate: BookingDate?
    /// The day the funds count from; nil for the booking date.
    package let valueDate: BookingDate?
    /// When the outside world says it happened; nil when nobody outside said so.
    package let occurredAt: Instant?

    /// Whether it counts at once or is a hold, and of which kind.
    package enum Phase: Hashable, Sendable {
        case posted
        case pending(HoldKind)
    }

    package init(
        _ reason: PostingReason, _ postings: [Posting], phase: Phase = .posted, authority: PostingAuthority,
        externalID: ExternalID? = nil, bookingDate: BookingDate? = nil, valueDate: BookingDate? = nil,
        occurredAt: Instant? = nil
    ) throws(DraftRejection) {
        try LedgerTransactionDraft.check(postings)
        if case .pending(.timed(let seconds)) = phase, !HoldKind.timeouts.contains(seconds) {
            throw .timeoutOutOfRange(seconds: seconds)
        }
        self.postings = postings
        self.reason = reason
        self.phase = phase
        self.authority = authority
        self.externalID = externalID
        self.bookingDate = bookingDate
        self.valueDate = valueDate
        self.occurredAt = occurredAt
    }

    private static func check(_ postings: [Posting]) throws(DraftRejection) {
        guard postings.count >= 2 else { throw .tooFewPostings(count: postings.count) }
        for (index, posting) in postings.enumerated() {
            guard posting.amount.minorUnits > 0 else { throw .amountNotPositive(index: index, posting.amount) }
            if case .path(let path) = posting.account, path.currencyCode != posting.amount.currency.code {
                throw .currencyOfAccount(index: index, path, posting.amount.currency)
            }
        }
        for sum in CurrencySum.sums(of: postings) where sum.debits != sum.credits {
            throw .unbalanced(sum.currency, debits: sum.debits, credits: sum.credits)
        }
    }
}

/// The three kinds of hold.
package enum HoldKind: Hashable, Sendable {
    /// Mirrors an issuer's promise: a memo outside the balance sheet that gates nothing and has no timer of ours.
    case mirror
    /// Reserves an owner's funds for a refund, a payout or an open dispute, until the outcome is known.
    case reservation
    /// A caller's own hold, which expires by itself after so many seconds.
    case timed(seconds: Int64)

    /// The seconds a timed hold may last: up to ten years of 365 days.
    package static let timeouts: ClosedRange<Int64> = 1...315_360_000
}

/// On whose word a ledger transaction is made, which decides what binds it.
package enum PostingAuthority: Hashable, Sendable {
    /// A caller's own: floors, freezes and closed periods bind it, and control accounts are out of reach.
    case caller
    /// A posting rule on behalf of a request: as a caller's, but it may write control accounts.
    case request
    /// Two people approved it: as a request.
    case adjustment
    /// A provider or a bank says it happened: booked whatever our rules say, and flagged where it breaks one.
    case fact
}

/// Why a draft cannot be, in the order checked.
package enum DraftRejection: Error, Hashable {
    case tooFewPostings(count: Int)
    case amountNotPositive(index: Int, Amount)
    case currencyOfAccount(index: Int, AccountPath, Currency)
    case unbalanced(Currency, debits: Int128, credits: Int128)
    case timeoutOutOfRange(seconds: Int64)
}

/// What the legs in one currency add up to. `Int128`, so that no sum of amounts can overflow.
package struct CurrencySum: Hashable, Sendable {
    package let currency: Currency
    package private(set) var debits: Int128 = 0
    package private(set) var credits: Int128 = 0

    /// One sum for each currency, in the order the currencies first appear. A list rather than a dictionary: there are one or two.
    package static func sums(of postings: [Posting]) -> [CurrencySum] {
        var sums: [CurrencySum] = []
        for posting in postings {
            let index = sums.firstIndex { $0.currency == posting.amount.currency } ?? sums.endIndex
            if index == sums.endIndex { sums.append(CurrencySum(currency: posting.amount.currency)) }
            sums[index].add(posting)
        }
        return sums
    }

    private init(currency: Currency) {
        self.currency = currency
    }

    private mutating func add(_ posting: Posting) {
        switch posting.side {
        case .debit: debits += Int128(posting.amount.minorUnits)
        case .credit: credits += Int128(posting.amount.minorUnits)
        }
    }
}
