import EventLog
import JSON
import Storage

/// Counts requests whose key opened nothing, and tells the installation's log of them once a minute.
///
/// Counts and no single requests: whoever guesses keys a million times a minute shall not write a million events. If the
/// process stops, the counts of the minute at hand are lost.
package final class FailedAuthentications: Sendable {
    /// Sources told apart within a minute; further ones are counted together.
    package static let sourceCountMax = 1_000
    package static let otherSources: AllowedText = "other"

    private let database: Database
    private let counts = MinuteCounts<AllowedText>(kindCountMax: sourceCountMax) { _ in otherSources }

    package init(database: Database) {
        self.database = database
    }

    /// Counts one.
    /// - Parameter source: The network it came from; never a whole address, which can be a person's.
    package func note(source: AllowedText, at now: Instant) {
        counts.note(source, at: now)
    }

    /// Writes the counts of the minutes that are over. Answers whether there were any.
    @discardableResult
    package func step(now: Instant) async throws -> Bool {
        try await counts.tell(before: now, to: database, as: "system:access", Self.events)
    }

    /// Writes everything, before the process ends.
    package func flush() async throws {
        try await counts.tell(before: nil, to: database, as: "system:access", Self.events)
    }

    private static func events(of due: [MinuteCounts<AllowedText>.Slot: Int64]) -> [AuthenticationFailed] {
        due.map { slot, count in
            AuthenticationFailed(source: slot.kind, minute: slot.minute, count: count)
        }.sorted { ($0.minute, $0.source.text) < ($1.minute, $1.source.text) }
    }
}

/// Requests from one network came with keys that opened nothing.
package struct AuthenticationFailed: EventContent {
    package static let type = "summa.access.authentication_failed"
    package static let meaning = "Requests came with keys that opened nothing."
    package static let subjectMeaning = "the network they came from"
    package static let fields = [
        EventField("minute", .instant, "the minute's beginning"),
        EventField("count", .integer, "how many requests"),
    ]
    package static let example = AuthenticationFailed(source: "203.0.113.0/24", minute: 29_582_422, count: 17)

    let source: AllowedText
    /// Minutes since 1970-01-01T00:00:00Z.
    let minute: Int64
    let count: Int64

    package var subject: String { source.text }

    package func write(to data: inout JSONWriter) {
        data.field("minute", Instant(microseconds: minute * 60_000_000).description)
        data.field("count", count)
    }
}

extension AuthenticationFailed {
    package init(subject: String, from data: inout JSONFields) throws {
        guard let source = AllowedText(subject) else { throw EventRejection.malformed("subject") }
        guard let instant = Instant(text: try data.string("minute", maxLength: 27)) else {
            throw EventRejection.malformed("data.minute")
        }
        self.init(
            source: source, minute: instant.microseconds / 60_000_000, count: try data.integer("count"))
    }
}
