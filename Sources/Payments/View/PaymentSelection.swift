import Ledger
import Storage

/// A page of the view of payments as a condition in SQL.
struct PaymentSelection {
    /// What follows `WHERE book = ?1 AND`, with order and limit.
    let text: String
    /// From `?2` on.
    let values: [ColumnValue]

    /// The newest first, at most `limit`.
    /// - Parameter previous: The last one of the page before.
    init(_ filter: PaymentFilter, before previous: PaymentID?, limit: Int) {
        var conditions: [String] = []
        var values: [ColumnValue] = []
        func add(_ condition: String, _ value: ColumnValue) {
            values.append(value)
            conditions.append("\(condition) ?\(values.count + 1)")
        }
        if let previous { add("id <", .integer(previous.rawValue)) }
        if let from = filter.createdFrom { add("created_at >=", .integer(from.microseconds)) }
        if let before = filter.createdBefore { add("created_at <", .integer(before.microseconds)) }
        if let from = filter.createdFrom { add("id >=", .integer(IdentifierTime.least(at: from))) }
        if let before = filter.createdBefore { add("id <", .integer(IdentifierTime.end(of: before))) }
        if let merchant = filter.merchant { add("merchant =", .text(merchant.text)) }
        if let reference = filter.reference { add("reference =", .text(reference.text)) }
        if let status = filter.status { conditions.append(Self.condition(status)) }
        values.append(.integer(Int64(limit)))
        let all = conditions.isEmpty ? "id > 0" : conditions.joined(separator: " AND ")
        text = "\(all) ORDER BY id DESC LIMIT ?\(values.count + 1)"
        self.values = values
    }

    /// Nearly all payments are captured in the end, so those have no entry in the index by status, and need none.
    private static func condition(_ status: PaymentStatus) -> String {
        let isStatus = "status = '\(status.rawValue)'"
        return status == .captured ? isStatus : "\(isStatus) AND status <> 'captured'"
    }
}
