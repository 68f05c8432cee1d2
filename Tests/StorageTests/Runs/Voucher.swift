import Storage
import SummaTestKit

/// A row of these tests that expires: a voucher with a code no other has. Its key stands in runs, and it may be taken away.
struct Voucher: Row, Hashable {
    let id: VoucherID
    let code: String

    var key: VoucherID { id }

    static let byCode = UniqueKey<Voucher, String>(inRuns: "code", columns: ["code"]) { $0.code }

    static let table = TableDefinition<Voucher>(
        "voucher", .derived, columns: [.integer("id"), .text("code")], uniqueKeys: [byCode])

    static let migration = Migration(2, "vouchers", [.table(table)])

    init(_ id: Int64, _ code: String) {
        self.id = VoucherID(rawValue: id)
        self.code = code
    }

    init(from columns: inout ColumnReader) {
        self.init(columns.integer(), columns.text())
    }

    func write(to columns: inout ColumnWriter) {
        columns.key(id)
        columns.text(code)
    }
}

struct VoucherID: Identifier {
    static let prefix = "vch"
    let rawValue: Int64
}
