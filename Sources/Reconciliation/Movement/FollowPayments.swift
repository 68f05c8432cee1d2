import EventLog
import Payments
import Storage

/// Derives from the events of payments what providers' files are to account for, page by page.
///
/// A file is compared with what this has seen, so that it is brought up to the log before each. If the process dies between
/// two pages it goes on from its cursor; within a page, rows and cursor are one commit. Were the rows lost, following the
/// log from its beginning would make them again, with what lines and people have said of them since.
package struct FollowPayments: Sendable {
    private let database: Database
    private static let pageCount = 500
    private static let context = EventContext(actor: "system:reconciliation")

    package init(database: Database) {
        self.database = database
    }

    /// Follows a book's log to where it stands now; what is appended meanwhile is for the next time.
    package func catchUp(_ book: BookID) async throws {
        let goal = try database.read(book) { $0.asOf }
        while let position = try await step(book), position < goal {}
    }

    /// One page. Answers the sequence it reached; nil where there was nothing.
    package func step(_ book: BookID) async throws -> Int64? {
        let (outcomes, last) = try page(of: book)
        guard let last else { return nil }
        let keys = outcomes.flatMap { _, outcome -> [ExpectedKey] in
            [.row(PaymentRow.self, outcome.payment), .group(StatementLine.byPayment, outcome.payment)]
        }
        try await database.write(book, expecting: keys) { work in
            let position = try MovementCursor.position(in: work)
            for (sequence, outcome) in outcomes where sequence > position { try Self.add(outcome, in: &work) }
            try MovementCursor.advance(to: last, in: &work)
        }
        return last
    }

    private func page(of book: BookID) throws -> (outcomes: [(Int64, OutcomeRecorded)], last: Int64?) {
        try database.read(book) { rows in
            var page: [(sequence: Int64, bytes: [UInt8])] = []
            let position = try rows.find(MovementCursor.self, MovementCursor.only)?.sequence ?? 0
            try rows.events(after: position, limit: Self.pageCount) { page.append(($0, Array($1))) }
            let outcomes = try page.compactMap { sequence, bytes -> (Int64, OutcomeRecorded)? in
                let event = try EventDocument(bytes)
                return event.type == OutcomeRecorded.type ? (sequence, try event.content()) : nil
            }
            return (outcomes, page.last?.sequence)
        }
    }

    private static func add(_ outcome: OutcomeRecorded, in work: inout UnitOfWork) throws {
        guard let payment = try PaymentStore.find(outcome.payment, in: work)?.payment else { return }
        let undone = try ClaimedMovements.undone(by: outcome).flatMap { try work.find(ExpectedMovement.self, $0) }
        for movement in ClaimedMovements(of: outcome, payment: payment, undoing: undone).movements {
            // Undone and done again under one name: a second line of it is for people.
            guard try work.find(ExpectedMovement.self, movement.key) == nil else { continue }
            let standing = try MovementStanding(of: movement, in: work).movement
            work.insert(standing)
            try UnexplainedLines.explain(by: standing, context: context, in: &work)
        }
    }
}
