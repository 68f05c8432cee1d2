import EventLog
import Payments
import Storage

/// Tells the payments of a remittance that our bank has shown it, page by page: a remittance of a hundred thousand lines holds
/// up nobody.
///
/// If the process dies between two pages the rest is found again; within a page, payments and the place are one commit.
package struct SpreadReceipts: Sendable {
    private let database: Database
    private static let pageCount = 100

    package init(database: Database) {
        self.database = database
    }

    package func catchUp(_ book: BookID, context: EventContext) async throws {
        while try await step(book, context: context) {}
    }

    /// One page of one remittance. Answers whether there may be more.
    package func step(_ book: BookID, context: EventContext) async throws -> Bool {
        let work = try database.read(book) { rows -> (ReceiptSpread, [StatementLine])? in
            guard let spread = try ReceiptSpreadStore.unfinished(limit: 1, in: rows).first else { return nil }
            let lines = try ReceiptSpreadStore.lines(
                of: spread.remittance, after: spread.line, limit: Self.pageCount, in: rows)
            return (spread, lines)
        }
        guard let (spread, lines) = work else { return false }
        let payments = lines.compactMap { line in line.payment.map { ExpectedKey.row(PaymentRow.self, $0) } }
        try await database.write(book, expecting: payments) { work in
            try Self.tell(lines, of: spread, context: context, in: &work)
        }
        return true
    }

    private static func tell(
        _ lines: [StatementLine], of spread: ReceiptSpread, context: EventContext, in work: inout UnitOfWork
    ) throws {
        // Another process may have been first.
        guard var known = try work.find(ReceiptSpread.self, spread.remittance), known.line == spread.line else {
            return
        }
        for line in lines {
            guard let payment = line.payment, case .movement(let kind) = line.kind, kind.isCapture,
                line.breakClass != .currencyDiffers
            else { continue }
            try PaymentSettlement.note(received: line.amount, of: payment, context: context, in: &work)
        }
        known.line = lines.last?.id ?? known.line
        known.isDone = lines.count < pageCount
        work.update(known)
    }
}
