import Money
import Storage

/// What an external id that is known already means.
extension LedgerStore {
    /// The transaction recorded under the id, when the draft says the same; nil when the id is free.
    static func existing(
        _ externalID: ExternalID, like draft: LedgerTransactionDraft, in work: borrowing UnitOfWork
    ) throws -> RecordedTransaction? {
        guard let header = try work.find(LedgerTransaction.byExternalID, externalID.text) else { return nil }
        let recorded = try withLegs(header, in: work)
        if let field = firstDifference(draft, recorded) {
            throw PostingRejection.externalIDReused(externalID, existing: header.id, firstDifference: field)
        }
        return recorded
    }

    /// The first member in which the two differ. A date or moment the draft leaves to the ledger differs from none.
    private static func firstDifference(_ draft: LedgerTransactionDraft, _ recorded: RecordedTransaction) -> String? {
        let header = recorded.header
        if draft.isPending != (header.phase == .pending) { return "pending" }
        if draft.reason != header.reason { return "reason" }
        if draft.postings.count != recorded.legs.count { return "postings" }
        for (index, (posting, leg)) in zip(draft.inRecordedOrder, recorded.legs).enumerated() {
            if let field = firstDifference(posting, leg, draft.authority) { return "postings[\(index)].\(field)" }
        }
        if let date = draft.bookingDate, date != header.bookingDate { return "booking_date" }
        if let date = draft.valueDate, date != header.valueDate { return "value_date" }
        if let moment = draft.occurredAt, moment != header.occurredAt { return "occurred_at" }
        if draft.timeoutSeconds != header.timeoutSeconds { return "timeout_seconds" }
        return nil
    }

    private static func firstDifference(
        _ posting: Posting, _ leg: RecordedTransaction.Leg, _ authority: PostingAuthority
    ) -> String? {
        if !leg.account.isNamed(by: posting.account), !isRedirected(leg, authority) { return "account" }
        if posting.side != leg.side { return "side" }
        if posting.amount.currency != leg.amount.currency { return "currency" }
        if posting.amount != leg.amount { return "amount" }
        if let item = posting.item, leg.account.tracksItems, item != leg.item { return "item" }
        return nil
    }

    /// A fact that was redirected stands on another account than it named, and is the same fact.
    private static func isRedirected(_ leg: RecordedTransaction.Leg, _ authority: PostingAuthority) -> Bool {
        authority == .fact && leg.account.path == closedAccountsSuspense.path(in: leg.amount.currency)
    }
}

extension LedgerTransactionDraft {
    fileprivate var isPending: Bool { phase != .posted }

    fileprivate var timeoutSeconds: Int64? {
        guard case .pending(.timed(let seconds)) = phase else { return nil }
        return seconds
    }

    /// A two-legged one is recorded debit first, whichever way round it was asked.
    fileprivate var inRecordedOrder: [Posting] {
        postings.count == 2 && postings[0].side == .credit ? [postings[1], postings[0]] : postings
    }
}

extension LedgerTransaction {
    fileprivate var timeoutSeconds: Int64? {
        expiresAt.map { $0.since(recordedAt).microseconds / 1_000_000 }
    }
}

extension Account {
    func isNamed(by reference: AccountReference) -> Bool {
        switch reference {
        case .id(let id): id == self.id
        case .path(let path): path == self.path
        }
    }
}
