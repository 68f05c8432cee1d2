import Ledger
import Money

/// Rows 9, 9c, 10 and 10b: a claim becomes money on its way, and money on its way becomes cash.
extension PostingRules {
    /// Rows 9 and 9c. A line of a remittance: a claim becomes money on its way, less what the provider keeps. A negative line
    /// (a refund, a chargeback, a fee) is netted: the same legs on the other sides.
    /// - Parameters:
    ///   - gross: Negative where the line takes.
    ///   - fee: What the provider keeps of this line and had not been booked before (row 9); zero where it was (row 9b).
    /// - Throws: `currencyMismatch`, `overflow`.
    package static func remittanceLine(
        _ provider: PathSegment, gross: Amount, fee: Amount, claim: OpenItem, remittance: OpenItem,
        on date: BookingDate
    ) throws(AmountError) -> LedgerTransactionDraft? {
        let net = try gross.subtracting(fee)
        let receivable = StandardAccount(.providerReceivable, of: provider)
        let postings =
            try debit(StandardAccount(.providerInTransit, of: provider), net, item: remittance)
            + debit(StandardAccount(.providerFees, of: provider), fee)
            + debit(receivable, try gross.negated(), item: claim)
        return postings.isEmpty ? nil : draft(.settlement, postings, on: FactDates(bookingDate: date))
    }

    /// Rows 10 and 10b. A bank line with a remittance: cash; a negative one was drawn from our bank.
    /// - Parameter dates: The line's own two.
    /// - Throws: `outOfRange` for the one number without an opposite.
    package static func remittanceReceived(
        _ provider: PathSegment, _ net: Amount, bank: PathSegment, remittance: OpenItem, on dates: FactDates
    ) throws(AmountError) -> LedgerTransactionDraft? {
        let postings =
            try debit(StandardAccount(.bankCash, of: bank), net)
            + debit(StandardAccount(.providerInTransit, of: provider), try net.negated(), item: remittance)
        return postings.isEmpty ? nil : draft(.receipt, postings, on: dates)
    }

    /// A leg for a signed amount: a debit, for a negative amount a credit, for zero none.
    static func debit(_ account: StandardAccount, _ amount: Amount, item: OpenItem? = nil) throws(AmountError)
        -> [Posting]
    {
        if amount.isZero { return [] }
        return amount.isPositive
            ? [.debit(account, amount, item: item)] : [.credit(account, try amount.negated(), item: item)]
    }
}
