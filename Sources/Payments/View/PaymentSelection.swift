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
        // Identifiers count on from the time: a range of times is nearly a range of them, and needs no index of its own.
        if let from = filter.createdFrom { add("id >=", .integer(Self.identifier(at: from))) }
        if let before = filter.createdBefore {
            add("id <", .integer(Self.identifier(at: before.advanced(by: Self.headStart))))
        }
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

    /// How far identifiers may run ahead of the clock in a burst, at the very most.
    private static let headStart = Instant.Span.minutes(1)

    /// The least identifier a book gives out at this moment or later.
    private static func identifier(at moment: Instant) -> Int64 {
        let (identifier, overflow) = max(0, moment.microseconds).multipliedReportingOverflow(by: 1 << 11)
        return overflow ? .max : identifier
    }
}

/// Which payments are wanted; what is nil lets all through.
package struct PaymentFilter: Hashable, Sendable {
    package var status: PaymentStatus?
    package var merchant: PathSegment?
    package var reference: ExternalID?
    /// Included.
    package var createdFrom: Instant?
    /// Excluded.
    package var createdBefore: Instant?

    package init(
        status: PaymentStatus? = nil, merchant: PathSegment? = nil, reference: ExternalID? = nil,
        createdFrom: Instant? = nil, createdBefore: Instant? = nil
    ) {
        self.status = status
        self.merchant = merchant
        self.reference = reference
        self.createdFrom = createdFrom
        self.createdBefore = createdBefore
    }
}
