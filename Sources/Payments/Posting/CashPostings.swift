import Ledger
import Money

/// Rows 30 to 33: what a bank's statement shows beside remittances, and what two people decide of a difference.
extension PostingRules {
    /// Row 30. A bank fee.
    /// - Parameter fee: Positive.
    package static func bankFee(_ fee: Amount, bank: PathSegment, on dates: FactDates) -> LedgerTransactionDraft {
        draft(
            .bankFee,
            [.debit(StandardAccount(.bankFees, of: bank), fee), .credit(StandardAccount(.bankCash, of: bank), fee)],
            on: dates)
    }

    /// Row 31. The residue of a remittance within the tolerance.
    /// - Parameter shortfall: What is missing; negative for a surplus.
    /// - Throws: `outOfRange` for the one number without an opposite.
    package static func rounding(
        _ provider: PathSegment, shortfall: Amount, remittance: OpenItem
    ) throws(AmountError) -> LedgerTransactionDraft? {
        let postings =
            try debit(StandardAccount(.rounding), shortfall)
            + debit(StandardAccount(.providerInTransit, of: provider), try shortfall.negated(), item: remittance)
        return postings.isEmpty ? nil : draft(.rounding, postings, authority: .adjustment)
    }

    /// Row 32. A shortfall two people wrote off, from money on its way or from a claim.
    /// - Parameter account: `in_transit` or `receivable` of a provider account.
    package static func writeOff(
        _ shortfall: Amount, from account: StandardAccount, item: OpenItem
    ) -> LedgerTransactionDraft {
        precondition(account.template == .providerInTransit || account.template == .providerReceivable)
        return draft(
            .writeOff,
            [.debit(StandardAccount(.writeOffLosses), shortfall), .credit(account, shortfall, item: item)],
            authority: .adjustment)
    }

    /// Row 33. An unidentified receipt: a liability until it is proved ours.
    /// - Parameter amount: Positive for money that came, negative for money that went.
    package static func unidentified(
        _ amount: Amount, bank: PathSegment, item: OpenItem, on dates: FactDates
    ) throws(AmountError) -> LedgerTransactionDraft? {
        let postings =
            try debit(StandardAccount(.bankCash, of: bank), amount)
            + debit(StandardAccount(.suspense, of: bank), try amount.negated(), item: item)
        return postings.isEmpty ? nil : draft(.suspense, postings, on: dates)
    }

    /// Row 33. It was identified: to the account it belongs on.
    package static func identified(
        _ amount: Amount, source: PathSegment, item: OpenItem, belongsTo posting: (Amount) -> Posting
    ) -> LedgerTransactionDraft {
        draft(
            .suspenseCleared,
            [.debit(StandardAccount(.suspense, of: source), amount, item: item), posting(amount)],
            authority: .adjustment)
    }

    /// Row 33. Nobody claimed it in time.
    package static func agedOut(_ amount: Amount, source: PathSegment, item: OpenItem) -> LedgerTransactionDraft {
        identified(amount, source: source, item: item) { .credit(StandardAccount(.otherIncome), $0) }
    }

    /// A provider moved a payment's money in another currency than the payment's. What it owes us for a capture, or we owe it
    /// for a refund or a chargeback, stands in that currency against suspense, and the merchant is untouched.
    package static func suspended(
        _ payment: Payment, _ amount: Amount, owes debtor: SuspendedDebtor, on dates: FactDates
    ) -> Booking {
        .post(draft(.suspense, payment.suspendedLegs(amount, owes: debtor), on: dates))
    }
}

/// Who owes whom for a movement in a currency that is not the payment's.
package enum SuspendedDebtor: Hashable, Sendable {
    case provider
    case platform
}

extension Payment {
    func suspendedLegs(_ amount: Amount, owes debtor: SuspendedDebtor) -> [Posting] {
        let legs: [Posting] = [
            .debit(receivableAccount, amount, item: item),
            .credit(StandardAccount(.suspense, of: providerAccount), amount, item: item),
        ]
        return debtor == .provider ? legs : legs.map(\.swapped)
    }
}
