import EventLog
import Foundation
import JSON
import Storage
import Testing

@Suite("An event's document")
struct EventDocumentTests {
    private let id = EventID(book: "main", epoch: 1, sequence: 42)
    private let time = Instant(text: "2026-03-31T08:22:44.123456Z") ?? Instant(microseconds: 0)

    private func bytes(of content: some EventContent, _ context: EventContext) -> [UInt8] {
        var bytes: [UInt8] = []
        content.writeDocument(id: id, time: time, context: context, to: &bytes)
        return bytes
    }

    private var full: [UInt8] {
        let context = EventContext(
            actor: "key:ak_1", request: "req_1",
            traceparent: TraceParent(header: "00-12345678901234567890123456789012-1234567890123456-01"),
            reason: "customer_request")
        return bytes(of: ParcelSent.example, context)
    }

    @Test("is these bytes and no others, for ever")
    func goldenBytes() {
        let expected =
            #"{"specversion":"1.0","id":"main/1/42","source":"/books/main","type":"summa.sample.parcel.sent","#
            + #""subject":"par_0d7w3h5k9m2qa","time":"2026-03-31T08:22:44.123456Z","sequence":"0000000000000000042","#
            + #""traceparent":"00-12345678901234567890123456789012-1234567890123456-01","#
            + #""data":{"actor":"key:ak_1","request":"req_1","reason":"customer_request","#
            + #""weight":1200,"carrier":"bike","label":"B-7","items":[{"item":"itm_0d7w3h5k9m2qb","count":2}]}}"#
        #expect(String(decoding: full, as: UTF8.self) == expected)
    }

    @Test("leaves out what nobody said")
    func leanest() {
        let expected =
            #"{"specversion":"1.0","id":"main/1/42","source":"/books/main","type":"summa.sample.bell.rung","#
            + #""subject":"door","time":"2026-03-31T08:22:44.123456Z","sequence":"0000000000000000042","#
            + #""data":{"actor":"system:sweeper"}}"#
        #expect(
            String(decoding: bytes(of: BellRung(), EventContext(actor: "system:sweeper")), as: UTF8.self) == expected)
    }

    @Test("is added behind what is there already")
    func appends() {
        var run: [UInt8] = [1, 2]
        BellRung().writeDocument(id: id, time: time, context: EventContext(actor: "a"), to: &run)
        #expect(run == [1, 2] + bytes(of: BellRung(), EventContext(actor: "a")))
    }

    @Test("has what CloudEvents 1.0 requires, each a string that is not empty")
    func cloudEvents() throws {
        let object = try #require(try JSONSerialization.jsonObject(with: Data(full)) as? [String: Any])
        for name in ["specversion", "id", "source", "type", "time", "subject", "sequence", "traceparent"] {
            #expect((object[name] as? String)?.isEmpty == false, "\(name)")
        }
        for name in object.keys { #expect(name.allSatisfy { $0.isLowercase || $0.isNumber }, "\(name)") }
        #expect(!full.contains(UInt8(ascii: "\n")))
    }

    @Test("is read back: envelope, context and facts")
    func readsBack() throws {
        let event = try EventDocument(full)
        #expect(event.bytes == full)
        #expect(event.id == id)
        #expect(event.time == time)
        #expect(event.type == ParcelSent.type)
        #expect(event.subject == "par_0d7w3h5k9m2qa")
        let context = try event.context()
        #expect(context.actor == "key:ak_1")
        #expect(context.request == "req_1")
        #expect(context.reason == "customer_request")
        #expect(context.traceparent == event.traceparent)
        #expect(context.traceparent?.traceID == "12345678901234567890123456789012")
        #expect(try event.content(as: ParcelSent.self) == ParcelSent.example)
    }

    @Test("is not read as another type, nor with a member its type does not know")
    func otherContent() throws {
        let event = try EventDocument(full)
        #expect(throws: EventRejection.otherType(ParcelSent.type)) { try event.content(as: BellRung.self) }
        let more = try EventDocument(replacing(#""weight":1200"#, with: #""weight":1200,"colour":"red""#))
        #expect(throws: JSONFieldError.self) { try more.content(as: ParcelSent.self) }
    }

    private func replacing(_ text: String, with other: String) -> [UInt8] {
        Array(String(decoding: full, as: UTF8.self).replacing(text, with: other).utf8)
    }

    @Test(
        "is refused without any one of its attributes",
        arguments: ["specversion", "id", "source", "type", "subject", "time", "sequence", "data"])
    func missing(name: String) throws {
        let object = try #require(try JSONValue(parsing: full).object)
        let rest = try #require(JSONObject(object.members.filter { $0.name != name }))
        #expect(throws: EventRejection.missing(name)) { try EventDocument(JSONValue.object(rest).bytes) }
    }

    @Test(
        "is refused when an attribute is malformed or disagrees with its id",
        arguments: [
            (#""1.0""#, #""1.1""#, "specversion"), ("main/1/42", "main/1/042", "id"), ("main/1/42", "main/0/42", "id"),
            ("main/1/42", "main/1/0", "id"), ("main/1/42", "main/42", "id"), ("main/1/42", "/1/42", "id"),
            ("main/1/42", "main/1/41", "sequence"), ("/books/main", "/books/other", "source"),
            ("0000000000000000042", "42", "sequence"), ("0000000000000000042", "0000000000000000043", "sequence"),
            ("08:22:44.123456Z", "25:22:44.123456Z", "time"), ("summa.sample.parcel.sent", "", "type"),
            ("par_0d7w3h5k9m2qa", "", "subject"), ("-01\"", "-1\"", "traceparent"),
        ])
    func malformed(text: String, other: String, name: String) {
        #expect(throws: EventRejection.malformed(name)) { try EventDocument(replacing(text, with: other)) }
    }

    @Test("is refused with an attribute no event has, or one given twice")
    func unknown() {
        #expect(throws: EventRejection.unknown("colour")) {
            try EventDocument(replacing(#""source""#, with: #""colour":"red","source""#))
        }
        #expect(throws: EventRejection.self) {
            try EventDocument(replacing(#""time""#, with: #""id":"main/1/42","time""#))
        }
    }

    @Test("is refused when it is not one JSON object", arguments: ["", "{", "[]", "null", "{} {}", "\u{FEFF}{}"])
    func notJSON(text: String) {
        #expect(throws: EventRejection.self) { try EventDocument(Array(text.utf8)) }
        #expect(throws: EventRejection.self) { try EventDocument(full + Array(text.utf8) + [0x7B]) }
    }

    @Test("is refused when its data is not an object, or its context may not stand in an event")
    func wrongData() throws {
        let text = String(decoding: bytes(of: BellRung(), EventContext(actor: "a")), as: UTF8.self)
        #expect(throws: EventRejection.malformed("data")) {
            try EventDocument(Array(text.replacing(#"{"actor":"a"}"#, with: "7").utf8))
        }
        let spoken = try EventDocument(Array(text.replacing(#""actor":"a""#, with: #""actor":"Ada L.""#).utf8))
        #expect(throws: EventRejection.malformed("data.actor")) { try spoken.context() }
    }
}
