import EventLog
import JSON

/// The idempotency facts of a request in its event: the member `idempotency`. The answer is told from this event for as long
/// as the key is kept, and the keys could be made anew from the log.
extension IdempotencyClaim {
    static let field = EventField(
        "idempotency",
        .object([
            EventField("key", .digest, "of the caller's key, with book, method and route"),
            EventField("fingerprint", .digest, "of method, path and what was asked for"),
        ]), optional: true, "by which the same request is known again; absent where no caller asked")

    func write(to data: inout JSONWriter) {
        data.beginObject("idempotency")
        data.field("key", keyHash.description)
        data.field("fingerprint", fingerprint.description)
        data.endObject()
    }

    init?(from data: inout JSONFields) throws {
        guard var fields = try data.optionalObject("idempotency") else { return nil }
        keyHash = try fields.logged("key", RequestHash.init(text:))
        fingerprint = try fields.logged("fingerprint", RequestHash.init(text:))
        try fields.finish()
    }
}
