import EventLog
import Ledger
import Storage

/// What callers may ask of payments. Each answer is of one snapshot, and says as of which event.
package struct PaymentQueries: Sendable {
    let database: Database
    let texts: PrivateTextStore

    package init(database: Database, texts: PrivateTextStore) {
        self.database = database
        self.texts = texts
    }

    /// Nil when the book has no such payment.
    package func payment(_ id: PaymentID, in book: BookID) throws -> PaymentAnswer? {
        try database.read(book) { rows in
            guard let row = try PaymentStore.find(id, in: rows) else { return nil }
            return PaymentAnswer(row: row, nextActionURL: try url(of: row, in: rows), asOf: rows.asOf)
        }
    }

    /// A capture, void or refund; nil when the book has no such operation.
    package func operation(_ id: PaymentOperationID, in book: BookID) throws -> PaymentOperation? {
        try database.read(book) { try PaymentOperationStore.find(id, in: $0) }
    }

    /// Nil when the book has no such refund.
    package func refund(_ id: RefundID, in book: BookID) throws -> PaymentOperation? {
        let operation = try operation(PaymentOperationID(rawValue: id.rawValue), in: book)
        return operation?.kind == .refund ? operation : nil
    }

    /// Where the payer has to go, as long as there is something to do.
    private func url(of row: PaymentRow, in rows: Rows) throws -> String? {
        guard row.payment.nextAction != nil,
            case .text(let url, _) = try texts.read(.nextActionURL, of: AllowedText(row.payment.id), in: rows)
        else { return nil }
        return String(decoding: url, as: UTF8.self)
    }
}

/// A payment as a caller is shown it.
package struct PaymentAnswer: Hashable, Sendable {
    package let row: PaymentRow
    package let nextActionURL: String?
    /// The last event this shows.
    package let asOf: Int64

    package var payment: Payment { row.payment }
    /// The charge's hold: what the charge is known by in the ledger.
    package var hold: LedgerTransactionID { row.hold }
}
