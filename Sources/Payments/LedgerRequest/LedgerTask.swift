import EventLog
import JSON
import Ledger
import Storage

/// One thing a caller may ask of the ledger.
package enum LedgerTask: Sendable {
    case post(LedgerTransactionDraft)
    case endHold(LedgerTransactionID, EndHold.Ending)
    /// Minor units of each of its two legs; nil for all that has not been reversed.
    case reverse(LedgerTransactionID, minorUnits: Int64?)
}

extension LedgerTask {
    var expectedKeys: [ExpectedKey] {
        switch self {
        case .post(let draft): draft.expectedKeys
        case .endHold(let id, _): [.row(LedgerTransaction.self, id), .row(Hold.self, id)]
        case .reverse(let id, _): [.row(LedgerTransaction.self, id), .row(ReversedAmount.self, id)]
        }
    }

    func perform(in book: BookID, context: EventContext, in work: inout UnitOfWork) throws -> PostingAnswer {
        let recorded: RecordedTransaction
        switch self {
        case .post(let draft): return try PostLedgerTransaction.perform(draft, context: context, in: &work)
        case .endHold(let id, let ending):
            recorded = try EndHold.perform(.init(book: book, hold: id, ending: ending, context: context), in: &work)
        case .reverse(let id, let minorUnits):
            recorded = try ReverseLedgerTransaction.perform(
                .init(book: book, transaction: id, minorUnits: minorUnits, context: context), in: &work)
        }
        return PostingAnswer(transaction: recorded, isRepeat: false)
    }
}

extension LedgerTask: Fingerprinted {
    /// What is ended or reversed, and how, stands in the path.
    package func write(fingerprint: inout JSONWriter) {
        switch self {
        case .post(let draft): draft.write(fingerprint: &fingerprint)
        case .endHold(_, .post(let minorUnits)), .endHold(_, .release(let minorUnits)), .reverse(_, let minorUnits):
            fingerprint.field("amount", ifPresent: minorUnits)
        case .endHold(_, .void): break
        }
    }
}

extension LedgerTransactionDraft {
    func write(fingerprint: inout JSONWriter) {
        fingerprint.field("external_id", ifPresent: externalID?.text)
        fingerprint.beginArray("postings")
        for posting in postings {
            fingerprint.beginObject()
            fingerprint.field("account", posting.account.name)
            fingerprint.field("side", posting.side == .debit ? "debit" : "credit")
            fingerprint.field("amount", posting.amount.minorUnits)
            fingerprint.field("currency", posting.amount.currency.description)
            fingerprint.field("item", ifPresent: posting.item?.description)
            fingerprint.endObject()
        }
        fingerprint.endArray()
        if case .pending(let kind) = phase { kind.write(fingerprint: &fingerprint) }
        fingerprint.field("booking_date", ifPresent: bookingDate?.description)
        fingerprint.field("value_date", ifPresent: valueDate?.description)
        fingerprint.field("occurred_at", ifPresent: occurredAt?.description)
    }
}

extension HoldKind {
    fileprivate func write(fingerprint: inout JSONWriter) {
        fingerprint.field("pending", true)
        if case .timed(let seconds) = self { fingerprint.field("timeout_seconds", seconds) }
    }
}

extension AccountReference {
    fileprivate var name: String {
        switch self {
        case .id(let id): id.description
        case .path(let path): path.text
        }
    }
}
