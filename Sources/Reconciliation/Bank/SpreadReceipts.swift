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

    /// One page of one remittance. Answers whether there was one.
    package func step(_ book: BookID, context: EventContext) async throws -> Bool {
        let page = try database.read(book) { rows -> (Remittance, [StatementLine])? in
            guard let remittance = try RemittanceStore.untold(limit: 1, in: rows).first else { return nil }
            let lines = try StatementStore.lines(
                of: remittance.id, after: remittance.toldLine, limit: Self.pageCount, in: rows)
            return (remittance, lines)
        }
        guard let (remittance, lines) = page, let last = lines.last?.id else { return false }
        let payments = lines.compactMap { line in line.payment.map { ExpectedKey.row(PaymentRow.self, $0) } }
        try await database.write(book, expecting: payments) { work in
            // Another process may have been first.
            guard var known = try work.find(Remittance.self, remittance.id), known.toldLine == remittance.toldLine
            else {
                return
            }
            for line in lines { try Self.tell(line, of: known, context: context, in: &work) }
            known.toldLine = last
            work.update(known)
            work.append(ReceiptTold(remittance: known.id, line: last), context: context)
        }
        return true
    }

    /// Whatever the line is about, the bank's belongs to the payment's story; only captures are received, and only in their
    /// payment's currency.
    private static func tell(
        _ line: StatementLine, of remittance: Remittance, context: EventContext, in work: inout UnitOfWork
    ) throws {
        guard let payment = line.payment, case .movement(let kind) = line.kind else { return }
        if let sequence = remittance.receivedSequence { try PaymentEventStore.note(payment, at: sequence, in: &work) }
        guard kind.isCapture, line.breakClass != .currencyDiffers else { return }
        try PaymentSettlement.note(received: line.amount, of: payment, context: context, in: &work)
    }
}
