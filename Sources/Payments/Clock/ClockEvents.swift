import EventLog
import JSON
import Storage

/// The wall clock jumped, or lies behind the log.
package struct ClockDoubted: EventContent, Hashable {
    package static let type = "summa.clock.doubted"
    package static let meaning =
        "The wall clock is more than a minute off; nothing expires until it agrees or is confirmed."
    package static let subjectMeaning = "the clock"
    package static let fields = [
        EventField("against", .oneOf(Against.allCases.map(\.rawValue)), "what it disagrees with"),
        EventField("offset_seconds", .integer, "by how much; positive when the wall clock is ahead"),
    ]
    package static let example = ClockDoubted(against: .monotonicClock, offsetSeconds: 3_600)

    package enum Against: String, Hashable, Sendable, CaseIterable {
        case monotonicClock = "monotonic_clock"
        case lastEvent = "last_event"
    }

    let against: Against
    let offsetSeconds: Int64

    package var subject: String { "wall" }

    init(against: Against, offsetSeconds: Int64) {
        self.against = against
        self.offsetSeconds = offsetSeconds
    }

    init(_ jump: ClockWatch.Jump) {
        switch jump {
        case .againstMonotonic(let span):
            self.init(against: .monotonicClock, offsetSeconds: span.microseconds / 1_000_000)
        case .behindLastEvent(let span):
            self.init(against: .lastEvent, offsetSeconds: -(span.microseconds / 1_000_000))
        }
    }

    package func write(to data: inout JSONWriter) {
        data.field("against", against.rawValue)
        data.field("offset_seconds", offsetSeconds)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        against = try data.logged("against", Against.init(rawValue:))
        offsetSeconds = try data.integer("offset_seconds")
    }
}

/// The wall clock is believed again.
package struct ClockTrusted: EventContent, Hashable {
    package static let type = "summa.clock.trusted"
    package static let meaning = "The wall clock agrees again, or a person confirmed it; things expire by it."
    package static let subjectMeaning = "the clock"
    package static let fields: [EventField] = []
    package static let example = ClockTrusted()

    package var subject: String { "wall" }

    init() {}

    package func write(to data: inout JSONWriter) {}

    package init(subject: String, from data: inout JSONFields) throws {}
}
