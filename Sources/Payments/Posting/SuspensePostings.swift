import Ledger
import Money

/// Accounting §4: what a provider accounts for without our knowing why stands in suspense, so that its remittance adds up, and
/// leaves it when it is explained.
extension PostingRules {
    /// A line nobody can explain, or one in another currency than its movement: money on its way against suspense.
    /// - Parameters:
    ///   - net: Negative where the line takes.
    ///   - line: Names the money in suspense.
    /// - Throws: `outOfRange` for the one number without an opposite.
    package static func unexplainedLine(
        _ provider: PathSegment, net: Amount, line: OpenItem, remittance: OpenItem, on date: BookingDate
    ) throws(AmountError) -> LedgerTransactionDraft? {
        let postings =
            try debit(StandardAccount(.providerInTransit, of: provider), net, item: remittance)
            + debit(StandardAccount(.suspense, of: provider), try net.negated(), item: line)
        return postings.isEmpty ? nil : draft(.suspense, postings, on: FactDates(bookingDate: date))
    }

    /// The movement an unexplained line spoke of was found: it settles the claim it would have settled, out of suspense.
    /// - Throws: `currencyMismatch`, `overflow`.
    package static func lineExplained(
        _ provider: PathSegment, gross: Amount, fee: Amount, line: OpenItem, claim: OpenItem
    ) throws(AmountError) -> LedgerTransactionDraft? {
        let net = try gross.subtracting(fee)
        let postings =
            try debit(StandardAccount(.suspense, of: provider), net, item: line)
            + debit(StandardAccount(.providerFees, of: provider), fee)
            + debit(StandardAccount(.providerReceivable, of: provider), try gross.negated(), item: claim)
        return postings.isEmpty ? nil : draft(.suspenseCleared, postings)
    }

    /// The provider took back what it had accounted for once too often: both lines leave suspense together.
    /// - Parameter net: Of the line that is taken back.
    package static func lineTakenBack(
        _ provider: PathSegment, net: Amount, line: OpenItem, by other: OpenItem
    ) throws(AmountError) -> LedgerTransactionDraft? {
        let suspense = StandardAccount(.suspense, of: provider)
        let postings = try debit(suspense, net, item: line) + debit(suspense, try net.negated(), item: other)
        return postings.isEmpty ? nil : draft(.suspenseCleared, postings)
    }

    /// Money at our bank that nobody knew was a remittance the provider has told of since.
    /// - Parameter received: Negative where the provider drew.
    package static func remittanceIdentified(
        _ provider: PathSegment, received: Amount, bank: PathSegment, line: OpenItem, remittance: OpenItem
    ) throws(AmountError) -> LedgerTransactionDraft? {
        let postings =
            try debit(StandardAccount(.suspense, of: bank), received, item: line)
            + debit(StandardAccount(.providerInTransit, of: provider), try received.negated(), item: remittance)
        return postings.isEmpty ? nil : draft(.suspenseCleared, postings)
    }
}

/// What two people decide of a difference beside rows 31 to 33.
extension PostingRules {
    /// Row 31 on whatever item the difference stands: of a remittance, or of a claim.
    /// - Parameter shortfall: What is missing; negative for a surplus.
    /// - Throws: `outOfRange` for the one number without an opposite.
    package static func roundedOff(
        _ shortfall: Amount, from account: StandardAccount, item: OpenItem
    ) throws(AmountError) -> LedgerTransactionDraft? {
        let postings =
            try debit(StandardAccount(.rounding), shortfall) + debit(account, try shortfall.negated(), item: item)
        return postings.isEmpty ? nil : draft(.rounding, postings, authority: .adjustment)
    }

    /// Row 30 where the bank took its fee out of the transfer: cash already is what the bank says, so that the fee is what
    /// the remittance lacks.
    package static func bankFeeKept(
        _ fee: Amount, bank: PathSegment, provider: PathSegment, remittance: OpenItem
    ) -> LedgerTransactionDraft {
        draft(
            .bankFee,
            [
                .debit(StandardAccount(.bankFees, of: bank), fee),
                .credit(StandardAccount(.providerInTransit, of: provider), fee, item: remittance),
            ], authority: .adjustment)
    }

    /// A fee the provider kept of a claim without a contract that says so, and that is borne.
    package static func providerFeeBorne(
        _ fee: Amount, provider: PathSegment, claim: OpenItem
    ) -> LedgerTransactionDraft {
        draft(
            .providerFee,
            [
                .debit(StandardAccount(.providerFees, of: provider), fee),
                .credit(StandardAccount(.providerReceivable, of: provider), fee, item: claim),
            ], authority: .adjustment)
    }
}

extension PostingRules {
    /// Row 33. Money in suspense was identified: to the account it belongs on, and where it had been taken, from there.
    /// - Throws: `outOfRange` for the one number without an opposite.
    package static func identified(
        _ amount: Amount, source: PathSegment, item: OpenItem, belongsTo account: AccountPath
    ) throws(AmountError) -> LedgerTransactionDraft {
        let suspense = StandardAccount(.suspense, of: source)
        guard amount.isNegative else {
            return identified(amount, source: source, item: item) { Posting(.path(account), .credit, $0) }
        }
        let taken = try amount.negated()
        return draft(
            .suspenseCleared, [Posting(.path(account), .debit, taken), .credit(suspense, taken, item: item)],
            authority: .adjustment)
    }
}
