import EventLog
import Money
import Payments
import Storage

/// How far the payments of a remittance have been told that our bank has shown it. Derived: the lines and the receipt are
/// recorded; this only says where to go on.
struct ReceiptSpread: Row, Hashable {
    let remittance: RemittanceID
    /// The last line whose payment was told; 0 before the first.
    var line: StatementLineID
    var isDone: Bool

    var key: RemittanceID { remittance }

    static let table = TableDefinition<ReceiptSpread>(
        "receipt_spread", .derived,
        columns: [.integer("remittance"), .integer("line"), .integer("is_done", check: "is_done IN (0, 1)")])

    init(remittance: RemittanceID) {
        self.remittance = remittance
        line = StatementLineID(rawValue: 0)
        isDone = false
    }

    func write(to columns: inout ColumnWriter) {
        columns.key(remittance)
        columns.key(line)
        columns.boolean(isDone)
    }

    init(from columns: inout ColumnReader) throws {
        remittance = try columns.key()
        line = try columns.key()
        isDone = columns.boolean()
    }
}

extension ReceiptSpread {
    /// The bank has shown the remittance, or it has new lines: there is something to tell.
    static func begin(_ remittance: RemittanceID, in work: inout UnitOfWork) throws {
        guard var known = try work.find(ReceiptSpread.self, remittance) else {
            return work.insert(ReceiptSpread(remittance: remittance))
        }
        known.isDone = false
        work.update(known)
    }
}
