import EventLog
import Storage

/// A payment's story, from the log itself and beside it the attempts at asking its provider: what was requested, asked,
/// said and posted, in order. Callbacks, file lines and bank lines are told by those who received them.
package struct PaymentTimeline: Hashable, Sendable {
    package let entries: [TimelineEntry]
    /// Whether the payment has more events than are shown, which are its first. The others are in the log.
    package let isTruncated: Bool
    /// The last event this shows.
    package let asOf: Int64

    /// How many events a story is told with. A payment with captures, refunds and a dispute has a few dozen.
    package static let eventCountMax = 1_000
}

package struct TimelineEntry: Sendable {
    package let at: Instant
    package let what: What

    package enum What: Sendable {
        /// Something that is recorded: its type says what, its content how.
        case event(EventDocument)
        case attempt(PaymentOperationID, ProviderAttempt)
    }
}

extension TimelineEntry: Hashable {
    package static func == (left: TimelineEntry, right: TimelineEntry) -> Bool {
        left.at == right.at && left.identity == right.identity
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(at)
        hasher.combine(identity)
    }

    /// What no other entry of the timeline has.
    private var identity: String {
        switch what {
        case .event(let event): event.id.description
        case .attempt(let operation, let attempt): "\(operation)/\(attempt.number)"
        }
    }
}

extension PaymentQueries {
    /// - Returns: Nil when the book has no such payment.
    package func timeline(
        of id: PaymentID, in book: BookID, limit: Int = PaymentTimeline.eventCountMax
    ) throws -> PaymentTimeline? {
        try database.read(book) { rows in
            guard let row = try PaymentStore.find(id, in: rows) else { return nil }
            let events = try PaymentEventStore.events(of: id, limit: limit + 1, in: rows)
            var entries = events.prefix(limit).map { TimelineEntry(at: $0.time, what: .event($0)) }
            let operations = try [row.authorization] + PaymentOperationStore.all(of: id, in: rows)
            for operation in operations {
                entries += try ProviderAttemptStore.all(of: operation.command, in: rows)
                    .map { TimelineEntry(at: $0.startedAt, what: .attempt(operation.id, $0)) }
            }
            return PaymentTimeline(
                entries: entries.inOrder, isTruncated: events.count > limit, asOf: rows.asOf)
        }
    }
}

extension [TimelineEntry] {
    /// By time; of one moment, the event before the attempt it allowed.
    fileprivate var inOrder: [TimelineEntry] {
        enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }
}
