import Ledger
import Money
import Payments
import Storage

/// What an adjustment posts, and where the difference it takes stands.
struct AdjustmentPosting {
    let adjustment: Adjustment
    let broken: Break
    /// The remittance of the break, where it is about one.
    let remittance: Remittance?

    /// - Throws: `AmountError.outOfRange` for the one number without an opposite.
    func draft() throws -> LedgerTransactionDraft? {
        switch adjustment.kind {
        case .bankFee, .providerFee, .rounding, .writeOff: try fromOpenItem()
        case .identified, .unclaimed: try fromSuspense()
        }
    }

    // MARK: From money on its way, or a claim

    private func fromOpenItem() throws -> LedgerTransactionDraft? {
        guard let (account, item) = place, let provider = account.owner else { return nil }
        switch adjustment.kind {
        case .bankFee:
            return PostingRules.bankFeeKept(
                adjustment.amount, bank: broken.facts.source.owner, provider: provider, remittance: item)
        case .providerFee:
            return PostingRules.providerFeeBorne(adjustment.amount, provider: provider, claim: item)
        case .rounding: return try PostingRules.roundedOff(adjustment.amount, from: account, item: item)
        default: return PostingRules.writeOff(adjustment.amount, from: account, item: item)
        }
    }

    private var place: (account: StandardAccount, item: OpenItem)? {
        if broken.kind == .remittanceDiffersBank {
            return remittance.map { (StandardAccount(.providerInTransit, of: $0.providerAccount), $0.item) }
        }
        return broken.facts.payment.map {
            (StandardAccount(.providerReceivable, of: broken.facts.source.owner), OpenItem(.payment, $0.rawValue))
        }
    }

    // MARK: From suspense

    private func fromSuspense() throws -> LedgerTransactionDraft? {
        guard let line = broken.facts.line else { return nil }
        let item = OpenItem(.line, line.rawValue)
        let source = broken.facts.source.owner
        guard adjustment.kind == .identified else {
            return PostingRules.agedOut(adjustment.amount, source: source, item: item)
        }
        return try adjustment.target.map { target in
            try PostingRules.identified(adjustment.amount, source: source, item: item, belongsTo: target)
        }
    }
}
