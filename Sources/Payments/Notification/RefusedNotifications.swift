import EventLog
import JSON
import Storage

/// Counts notifications that were refused, and tells the installation's log of them once a minute: counts and no single ones,
/// for whoever forges a million shall not write a million events. If the process stops, those of the minute at hand are lost.
package final class RefusedNotifications: Sendable {
    struct Kind: Hashable, Sendable {
        let source: AllowedText
        let why: NotificationRefused.Why
    }

    private let database: Database
    private let counts = MinuteCounts<Kind>(kindCountMax: FailedAuthentications.sourceCountMax) {
        Kind(source: FailedAuthentications.otherSources, why: $0.why)
    }

    package init(database: Database) {
        self.database = database
    }

    /// Counts one.
    /// - Parameter source: The network it came from; never a whole address, which can be a person's.
    func note(_ why: NotificationRefused.Why, source: AllowedText, at now: Instant) {
        counts.note(Kind(source: source, why: why), at: now)
    }

    /// Writes the counts of the minutes that are over. Answers whether there were any.
    @discardableResult
    package func step(now: Instant) async throws -> Bool {
        try await counts.tell(before: now, to: database, as: "system:notifications", Self.events)
    }

    /// Writes everything, before the process ends.
    package func flush() async throws {
        try await counts.tell(before: nil, to: database, as: "system:notifications", Self.events)
    }

    private static func events(of due: [MinuteCounts<Kind>.Slot: Int64]) -> [NotificationRefused] {
        due.map { slot, count in
            NotificationRefused(source: slot.kind.source, minute: slot.minute, why: slot.kind.why, count: count)
        }.sorted { ($0.minute, $0.source.text, $0.why.rawValue) < ($1.minute, $1.source.text, $1.why.rawValue) }
    }
}

/// Notifications came from one network that were not believed.
package struct NotificationRefused: EventContent {
    package static let type = "summa.access.notification_refused"
    package static let meaning = "Notifications came that were not believed."
    package static let subjectMeaning = "the network they came from"
    package static let fields = [
        EventField("minute", .instant, "the minute's beginning"),
        EventField("why", .oneOf(Why.allCases.map(\.rawValue)), "what was wrong with them"),
        EventField("count", .integer, "how many"),
    ]
    package static let example = NotificationRefused(
        source: "203.0.113.0/24", minute: 29_582_422, why: .signatureMismatch, count: 17)

    package enum Why: String, Hashable, Sendable, CaseIterable {
        case unknownEndpoint = "unknown_endpoint"
        case headerMissing = "header_missing"
        case headerMalformed = "header_malformed"
        case signatureMismatch = "signature_mismatch"
        case tooOld = "too_old"
        case fromTheFuture = "from_the_future"
    }

    package let source: AllowedText
    /// Minutes since 1970-01-01T00:00:00Z.
    package let minute: Int64
    package let why: Why
    package let count: Int64

    package var subject: String { source.text }

    init(source: AllowedText, minute: Int64, why: Why, count: Int64) {
        self.source = source
        self.minute = minute
        self.why = why
        self.count = count
    }

    package func write(to data: inout JSONWriter) {
        data.field("minute", Instant(microseconds: minute * 60_000_000).description)
        data.field("why", why.rawValue)
        data.field("count", count)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        guard let source = AllowedText(subject) else { throw EventRejection.malformed("subject") }
        let minute = try data.logged("minute") { Instant(text: $0) }
        self.init(
            source: source, minute: minute.microseconds / 60_000_000, why: try data.logged("why", Why.init(rawValue:)),
            count: try data.integer("count"))
    }
}

extension NotificationRefused.Why {
    /// Nil for one that is kept, and so needs no counting.
    init?(_ rejection: NotificationRejection) {
        switch rejection {
        case .headerMissing: self = .headerMissing
        case .headerMalformed: self = .headerMalformed
        case .signatureMismatch: self = .signatureMismatch
        case .tooOld: self = .tooOld
        case .fromTheFuture: self = .fromTheFuture
        case .unreadable: return nil
        }
    }
}
