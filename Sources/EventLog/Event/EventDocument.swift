import JSON
import Storage

/// An event as it was read back from its bytes.
package struct EventDocument: Sendable {
    static let specVersion = "1.0"

    /// The exact bytes: what is hashed, and what is passed on.
    package let bytes: [UInt8]
    package let id: EventID
    package let type: String
    package let subject: String
    package let time: Instant
    package let traceparent: TraceParent?
    /// Where in the bytes the value of `data` lies.
    private let dataRange: Range<Int>

    /// Reads the envelope and checks that its parts agree; `data` is checked to be JSON and read when it is asked for.
    package init(_ bytes: [UInt8]) throws(EventRejection) {
        let envelope: Envelope
        do { envelope = try JSONScanner.scan(bytes) { try Envelope(from: &$0) } } catch let rejection as EventRejection
        {
            throw rejection
        } catch {
            throw .notJSON("\(error)")
        }
        self.bytes = bytes
        id = try Self.required(envelope.id, "id") { EventID(text: $0) }
        type = try Self.required(envelope.type, "type") { $0.isEmpty ? nil : $0 }
        subject = try Self.required(envelope.subject, "subject") { $0.isEmpty ? nil : $0 }
        time = try Self.required(envelope.time, "time") { Instant(text: $0) }
        traceparent = try envelope.traceparent.map { text throws(EventRejection) in
            try Self.required(text, "traceparent") { TraceParent(header: $0) }
        }
        guard let data = envelope.data else { throw .missing("data") }
        dataRange = data
        try Self.expect(envelope.specversion, "specversion", Self.specVersion)
        try Self.expect(envelope.source, "source", id.source)
        try Self.expect(envelope.sequence, "sequence", id.paddedSequence)
    }

    private static func required<Value>(
        _ text: String?, _ name: String, _ read: (String) -> Value?
    ) throws(EventRejection) -> Value {
        guard let text else { throw .missing(name) }
        guard let value = read(text) else { throw .malformed(name) }
        return value
    }

    private static func expect(_ found: String?, _ name: String, _ expected: String) throws(EventRejection) {
        guard let found else { throw .missing(name) }
        guard found == expected else { throw .malformed(name) }
    }
}

/// Reading `data`.
extension EventDocument {
    /// The whole of `data`, those of the context included.
    package func data() throws -> JSONValue {
        try JSONValue(parsing: Array(bytes[dataRange]))
    }

    package func context() throws -> EventContext {
        var fields = try JSONFields(data())
        return try context(from: &fields)
    }

    /// The facts, as their type reads them.
    /// - Throws: `EventRejection.otherType`, or what is wrong with the first member that is not as it should be.
    package func content<Content: EventContent>(as _: Content.Type = Content.self) throws -> Content {
        guard type == Content.type else { throw EventRejection.otherType(type) }
        var fields = try JSONFields(data())
        _ = try context(from: &fields)
        let content = try Content(subject: subject, from: &fields)
        try fields.finish()
        return content
    }

    private func context(from fields: inout JSONFields) throws -> EventContext {
        let actor = try fields.string("actor", maxLength: AllowedText.lengthMax)
        let request = try fields.optionalString("request", maxLength: AllowedText.lengthMax)
        let reason = try fields.optionalString("reason", maxLength: AllowedText.lengthMax)
        return EventContext(
            actor: try allowed(actor, "actor"), request: try request.map { try allowed($0, "request") },
            traceparent: traceparent, reason: try reason.map { try allowed($0, "reason") })
    }

    private func allowed(_ text: String, _ name: String) throws(EventRejection) -> AllowedText {
        guard let allowed = AllowedText(text) else { throw .malformed("data.\(name)") }
        return allowed
    }
}

/// Why bytes are not an event of ours.
package enum EventRejection: Error, Hashable, Sendable {
    /// Not one JSON text; the words say where it goes wrong.
    case notJSON(String)
    /// An attribute that every event has is not there.
    case missing(String)
    /// An attribute no event has.
    case unknown(String)
    /// An attribute that is not what it must be, or disagrees with the `id`.
    case malformed(String)
    /// Another type of event than the reader reads.
    case otherType(String)
}

/// The attributes as they stand in the text.
private struct Envelope {
    var specversion, id, source, type, subject, time, sequence, traceparent: String?
    var data: Range<Int>?

    init(from scanner: inout JSONScanner) throws {
        try scanner.beginObject()
        while try scanner.nextMember() {
            switch scanner.name {
            case "specversion": specversion = try scanner.readString()
            case "id": id = try scanner.readString()
            case "source": source = try scanner.readString()
            case "type": type = try scanner.readString()
            case "subject": subject = try scanner.readString()
            case "time": time = try scanner.readString()
            case "sequence": sequence = try scanner.readString()
            case "traceparent": traceparent = try scanner.readString()
            case "data":
                guard try scanner.peek() == .object else { throw EventRejection.malformed("data") }
                data = try scanner.skipValue()
            case let name: throw EventRejection.unknown(name)
            }
        }
    }
}
