/// Writes one JSON text after another into memory it keeps.
///
/// The same calls give the same bytes for ever: no white space, members in the order they are written, and only
/// those characters escaped that RFC 8259 §7 says must be. Events are hashed and signed as these bytes.
/// ```swift
/// var writer = JSONWriter()
/// writer.beginObject()
/// writer.field("amount", 1999)
/// writer.field("currency", "EUR")
/// writer.endObject()
/// let bytes = writer.takeBytes()  // {"amount":1999,"currency":"EUR"}
/// ```
/// A writer meant for many texts is kept: `takeBytes` empties it and leaves its memory.
/// Names are literals that need no escaping; a name known only at run time goes through `field(named:)`.
/// Member names are not compared: a name written twice is a bug of the caller that our own scanner will refuse.
package struct JSONWriter: ~Copyable, Sendable {
    var sink: ByteSink
    /// Whether the next item of the container being written has one before it.
    private var needsComma = false
    /// Arrays and objects that are open.
    private var depth = 0

    package init(capacity: Int = 1024) {
        sink = ByteSink(capacity: capacity)
    }

    /// The text written, complete; the writer is empty after it.
    package mutating func takeBytes() -> [UInt8] {
        let bytes = Array(finishedBytes)
        removeAll()
        return bytes
    }

    /// Looks at the text written without copying it, for hashing or sending.
    package borrowing func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try body(finishedBytes)
    }

    private var finishedBytes: UnsafeRawBufferPointer {
        precondition(depth == 0, "a text is finished when every array and object is closed")
        return sink.bytes
    }

    /// Forgets what has been written, also if it is not finished.
    package mutating func removeAll() {
        sink.removeAll()
        needsComma = false
        depth = 0
    }
}

// MARK: - Structure

extension JSONWriter {
    package mutating func beginObject() { begin(Ascii.braceOpen) }

    package mutating func beginObject(_ name: StaticString) {
        put(name: name)
        beginAfterName(Ascii.braceOpen)
    }

    package mutating func endObject() { end(Ascii.braceClose) }

    package mutating func beginArray() { begin(Ascii.bracketOpen) }

    package mutating func beginArray(_ name: StaticString) {
        put(name: name)
        beginAfterName(Ascii.bracketOpen)
    }

    package mutating func endArray() { end(Ascii.bracketClose) }

    private mutating func begin(_ bracket: UInt8) {
        putComma()
        beginAfterName(bracket)
    }

    mutating func beginAfterName(_ bracket: UInt8) {
        sink.put(bracket)
        needsComma = false
        depth += 1
    }

    mutating func end(_ bracket: UInt8) {
        precondition(depth > 0, "nothing is open")
        sink.put(bracket)
        needsComma = true
        depth -= 1
    }

    /// Separates the item that comes from the one before it.
    @inline(__always)
    mutating func putComma() {
        if needsComma { sink.put(Ascii.comma) }
        needsComma = true
    }

    /// A name that is known to need no escaping: its bytes are copied as they are.
    @inline(__always)
    mutating func put(name: StaticString) {
        assert(isPlain(name), "a literal name needs no escapes: \(name)")
        putComma()
        sink.put(upTo: name.utf8CodeUnitCount + 3) { start in
            let length = name.utf8CodeUnitCount
            start[0] = Ascii.quote
            (start + 1).update(from: name.utf8Start, count: length)
            start[length + 1] = Ascii.quote
            start[length + 2] = Ascii.colon
            return length + 3
        }
    }

    mutating func put(name: String) {
        putComma()
        sink.putQuoted(name)
        sink.put(Ascii.colon)
    }

    private func isPlain(_ name: StaticString) -> Bool {
        UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
            .allSatisfy { $0 >= Ascii.space && $0 < 0x7F && $0 != Ascii.quote && $0 != Ascii.backslash }
    }
}
