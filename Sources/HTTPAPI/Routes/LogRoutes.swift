import EventLog
import HTTPTypes
import JSON
import Payments
import Storage

/// The log: events as the exact bytes they are hashed as, signed heads, and proofs that tie one to the other.
struct LogRoutes {
    let services: Services

    var routes: [Route] {
        [
            .get("/v1/events/{sequence}", .read, event),
            .get("/v1/events/{sequence}/proof", .read, proof),
            .get("/v1/log/checkpoint", .read, checkpoint),
            .get("/v1/log/proof/inclusion", .read, inclusion).readingQuery,
            .get("/v1/log/proof/consistency", .read, consistency).readingQuery,
        ]
    }

    @Sendable private func event(_ call: Call, _ principal: Principal) async throws -> Answer {
        let sequence = try sequence(call)
        try await services.waitForMinimum(of: call, in: principal.book)
        let bytes = try services.database.read(principal.book) { try $0.event(at: sequence) }
        guard let bytes else { throw Problem(.eventNotFound, "the log has no event \(sequence) yet") }
        return Answer(status: .ok, headers: [.contentType: "application/cloudevents+json"], body: bytes)
    }

    /// The event with everything a stranger needs beside our key, in one text. Where the last checkpoint does not reach the event yet,
    /// one is signed that does.
    @Sendable private func proof(_ call: Call, _ principal: Principal) throws -> Answer {
        let sequence = try sequence(call)
        let log = try services.database.read(principal.book) { (origin: EventStore($0).origin, size: $0.asOf) }
        guard sequence <= log.size else { throw Problem(.eventNotFound, "the log has no event \(sequence) yet") }
        guard let note = try checkpoint(covering: sequence, of: log.origin, principal.book) else {
            throw Problem(.checkpointNotFound)
        }
        let proof = try services.database.read(principal.book) { try EventStore($0).proof(of: sequence, under: note) }
        return .text("text/plain; charset=utf-8", proof.encoded)
    }

    private func checkpoint(covering sequence: Int64, of origin: LogOrigin, _ book: BookID) throws -> SignedNote? {
        if let note = services.checkpointer.latest(of: origin),
            try Checkpoint(text: note.text).size >= sequence.magnitude
        {
            return note
        }
        return try services.checkpointer.current(of: book, services.clock.now)
    }

    private func sequence(_ call: Call) throws(Problem) -> Int64 {
        guard let sequence = Self.sequence(call.parameters["sequence"]) else {
            throw Problem(.parameterInvalid, "sequence must be \(Self.sequenceForm)", param: "sequence")
        }
        return sequence
    }

    /// The signed note itself: what a stranger keeps.
    @Sendable private func checkpoint(_ call: Call, _ principal: Principal) throws -> Answer {
        let origin = try services.database.read(principal.book) { EventStore($0).origin }
        guard let note = services.checkpointer.latest(of: origin) else { throw Problem(.checkpointNotFound) }
        return .text("text/plain; charset=utf-8", note.encoded)
    }

    @Sendable private func inclusion(_ call: Call, _ principal: Principal) throws -> Answer {
        var query = try call.queryFields()
        let sequence = try query.required("sequence", Self.sequenceForm, Self.sequence)
        let size = try query.value("size", Self.sequenceForm, Self.sequence)
        try query.finish()
        return try services.database.read(principal.book) { rows in
            let store = EventStore(rows)
            let size = size?.magnitude ?? store.size
            let proof = try store.inclusionProof(sequence: sequence, size: size)
            var json = JSONWriter()
            json.beginObject()
            json.field("origin", store.origin.description)
            json.field("sequence", sequence)
            json.field("leaf_index", sequence - 1)
            json.field("size", Int64(size))
            json.field("root", try store.root(size: size).description)
            json.hashes("hashes", proof.hashes)
            json.endObject()
            return .json(.ok, json.takeBytes())
        }
    }

    @Sendable private func consistency(_ call: Call, _ principal: Principal) throws -> Answer {
        var query = try call.queryFields()
        let from = try query.required("from", Self.sequenceForm, Self.sequence)
        let to = try query.value("to", Self.sequenceForm, Self.sequence)
        try query.finish()
        return try services.database.read(principal.book) { rows in
            let store = EventStore(rows)
            let to = to?.magnitude ?? store.size
            let proof = try store.consistencyProof(from: from.magnitude, to: to)
            var json = JSONWriter()
            json.beginObject()
            json.field("origin", store.origin.description)
            json.field("from", from)
            json.field("from_root", try store.root(size: from.magnitude).description)
            json.field("to", Int64(to))
            json.field("to_root", try store.root(size: to).description)
            json.hashes("hashes", proof.hashes)
            json.endObject()
            return .json(.ok, json.takeBytes())
        }
    }

    private static let sequenceForm = "a whole number of 1 or more"

    private static func sequence(_ text: String) -> Int64? {
        Int64(plainDigits: text).flatMap { $0 >= 1 ? $0 : nil }
    }
}

extension JSONWriter {
    fileprivate mutating func hashes(_ name: StaticString, _ hashes: [TreeHash]) {
        beginArray(name)
        for hash in hashes { element(hash.description) }
        endArray()
    }
}
