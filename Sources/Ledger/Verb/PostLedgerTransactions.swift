import EventLog
import Storage

/// Posts many ledger transactions in one commit, in their order: all of them or none, or each by itself.
package struct PostLedgerTransactions: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let drafts: [LedgerTransactionDraft]
        /// Whether one rejection rejects them all.
        package let isAtomic: Bool
        package let context: EventContext

        package init(
            book: BookID, drafts: [LedgerTransactionDraft], isAtomic: Bool, context: EventContext
        ) throws(BatchRejection) {
            guard drafts.count <= Command.countMax else {
                throw .tooMany(count: drafts.count, max: Command.countMax)
            }
            self.book = book
            self.drafts = drafts
            self.isAtomic = isAtomic
            self.context = context
        }

        package static let countMax = 10_000
    }

    /// What became of one draft.
    package typealias Outcome = Result<PostingAnswer, PostingRejection>

    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// An outcome for each draft, in their order. Two drafts of one external id are one ledger transaction when they say
    /// the same: the second gets the first's answer.
    /// - Throws: `BatchRejection.item` for an atomic batch of which one is rejected: then nothing is recorded.
    package func run(_ command: Command) async throws -> [Outcome] {
        let keys = command.drafts.flatMap(\.expectedKeys)
        let bytes = command.drafts.count * Self.bytesPerDraft
        return try await database.write(command.book, expecting: keys, bytes: bytes) { work in
            try PostLedgerTransactions.perform(command, in: &work)
        }
    }

    package static func perform(_ command: Command, in work: inout UnitOfWork) throws -> [Outcome] {
        var outcomes: [Outcome] = []
        outcomes.reserveCapacity(command.drafts.count)
        for (index, draft) in command.drafts.enumerated() {
            do {
                let answer = try work.attempt { (work: inout UnitOfWork) throws -> PostingAnswer in
                    try PostLedgerTransaction.perform(draft, context: command.context, in: &work)
                }
                outcomes.append(.success(answer))
            } catch let rejection as PostingRejection {
                if command.isAtomic { throw BatchRejection.item(index: index, rejection) }
                outcomes.append(.failure(rejection))
            }
        }
        return outcomes
    }

    /// What a draft takes of the engine's queue, roughly.
    private static let bytesPerDraft = 512
}

/// Why a batch was refused whole, in the order checked.
package enum BatchRejection: Error, Hashable {
    case tooMany(count: Int, max: Int)
    /// Of an atomic batch, the first that was rejected; the index counts from 0.
    case item(index: Int, PostingRejection)
}
