import EventLog
import JSON
import Ledger
import Storage

/// Posts many ledger transactions of a caller's own under one key.
///
/// The key keeps the list from being another one; each item's own external id keeps it from being posted twice. So a batch
/// that comes again answers with what it recorded, and tries again what was refused.
package struct RequestLedgerBatch: Sendable {
    package struct Command: Sendable {
        package let request: IdempotentRequest
        /// Each with an external id of its own, the caller's or `IdempotentRequest.externalID(ofItem:in:)`.
        package let batch: PostLedgerTransactions.Command

        /// - Precondition: each draft has an external id.
        package init(request: IdempotentRequest, batch: PostLedgerTransactions.Command) {
            precondition(batch.drafts.allSatisfy { $0.externalID != nil }, "an item is known by its external id")
            self.request = request
            self.batch = batch
        }
    }

    package struct Answer: Sendable {
        /// One for each draft, in their order.
        package let outcomes: [PostLedgerTransactions.Outcome]
        /// Whether the batch had been asked for before, and something of it is recorded.
        package let isReplayed: Bool
    }

    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// - Throws: `IdempotencyRejection`; `BatchRejection.item` for an atomic batch of which one is rejected.
    package func run(_ command: Command) async throws -> Answer {
        let batch = command.batch
        let claim = IdempotencyClaim(command.request, in: batch.book, for: command)
        let keys = [IdempotencyStore.expectedKey(claim)] + batch.drafts.flatMap(\.expectedKeys)
        let bytes = batch.drafts.count * Self.bytesPerDraft
        return try await database.write(batch.book, expecting: keys, bytes: bytes) { work in
            let isKnown = try IdempotencyStore.find(claim, in: work) != nil
            let outcomes = try PostLedgerTransactions.perform(batch, in: &work)
            if !isKnown, let sequence = outcomes.compactMap(\.sequence).last {
                try IdempotencyStore.keep(claim, answeredBy: sequence, in: &work)
            }
            return Answer(outcomes: outcomes, isReplayed: isKnown)
        }
    }

    /// What a draft takes of the engine's queue, roughly.
    private static let bytesPerDraft = 512
}

extension IdempotentRequest {
    /// The external id of a batch's item that the caller gave none: made of the key and the item's place, so that the same
    /// batch names it the same.
    package func externalID(ofItem index: Int, in book: BookID) -> ExternalID {
        let hash = RequestHash(of: [String(book.rawValue), method, route, key])
        let letters = hash.description.map { letter in letter == "+" ? "-" : letter == "=" ? "." : letter }
        guard let id = ExternalID("batch:\(String(letters)):\(index)") else {
            preconditionFailure("a hash in these letters is an external id")
        }
        return id
    }
}

extension RequestLedgerBatch.Command: Fingerprinted {
    package func write(fingerprint: inout JSONWriter) {
        fingerprint.field("atomic", batch.isAtomic)
        fingerprint.beginArray("transactions")
        for draft in batch.drafts {
            fingerprint.beginObject()
            draft.write(fingerprint: &fingerprint)
            fingerprint.endObject()
        }
        fingerprint.endArray()
    }
}

extension PostLedgerTransactions.Outcome {
    /// The event of a ledger transaction that is recorded, now or before.
    fileprivate var sequence: Int64? {
        guard case .success(let answer) = self else { return nil }
        return answer.transaction.header.sequence
    }
}
