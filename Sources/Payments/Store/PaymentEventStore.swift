import EventLog
import Storage

/// Which events tell of a payment, so that its story can be read from the log without reading the whole log.
struct PaymentEventRow: Row, Hashable {
    typealias Key = PairKey<PaymentID, Int64>

    let payment: PaymentID
    let sequence: Int64

    var key: Key { PairKey(payment, sequence) }

    static let table = TableDefinition<PaymentEventRow>(
        "payment_event", .derived, isAppendOnly: true, keyColumnCount: 2,
        columns: [.integer("payment"), .integer("sequence", check: "sequence >= 1")])

    init(payment: PaymentID, sequence: Int64) {
        self.payment = payment
        self.sequence = sequence
    }

    func write(to columns: inout ColumnWriter) {
        columns.key(payment)
        columns.integer(sequence)
    }

    init(from columns: inout ColumnReader) throws {
        payment = try columns.key()
        sequence = columns.integer()
    }
}

package enum PaymentEventStore {
    /// Notes that the event appended next tells of a payment.
    package static func note(_ payment: PaymentID, in work: inout UnitOfWork) {
        work.insert(PaymentEventRow(payment: payment, sequence: work.nextSequence))
    }

    /// Notes that an event which was appended before tells of a payment too; a second time changes nothing.
    package static func note(_ payment: PaymentID, at sequence: Int64, in work: inout UnitOfWork) throws {
        let row = PaymentEventRow(payment: payment, sequence: sequence)
        guard try work.find(PaymentEventRow.self, row.key) == nil else { return }
        work.insert(row)
    }

    /// The events of a payment in order, at most `limit`.
    package static func events(
        of payment: PaymentID, after sequence: Int64 = 0, limit: Int, in rows: Rows
    ) throws -> [EventDocument] {
        let found = try rows.select(
            PaymentEventRow.self, "payment = ?2 AND sequence > ?3 ORDER BY sequence LIMIT ?4",
            [.integer(payment.rawValue), .integer(sequence), .integer(Int64(limit))])
        return try found.compactMap { try rows.event(at: $0.sequence).map { try EventDocument($0) } }
    }
}
