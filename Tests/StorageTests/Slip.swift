import Storage

/// A recorded row that is written once: changed never, deleted never, and told of in an event.
struct Slip: Row, Hashable {
    let number: Int64
    let text: String

    var key: Int64 { number }

    static let table = TableDefinition<Slip>(
        "slip", .recorded, isAppendOnly: true,
        columns: [.integer("number"), .text("text", check: "length(text) <= 10000")])

    static let migration = Migration(3, "slips", [.table(table)])

    init(_ number: Int64, _ text: String = "") {
        self.number = number
        self.text = text
    }

    init(from columns: inout ColumnReader) {
        self.init(columns.integer(), columns.text())
    }

    func write(to columns: inout ColumnWriter) {
        columns.integer(number)
        columns.text(text)
    }
}

extension UnitOfWork {
    /// An event of one byte, for bodies that need one and for counting.
    @discardableResult
    mutating func append(_ byte: UInt8 = 1) -> Int64 {
        appendEntry { $0.append(byte) }
    }
}
