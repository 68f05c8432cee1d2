/// A string written in pieces, so that none has to be made of them first: numbers, identifiers and times stand in every event.
/// ```swift
/// writer.beginText("id")
/// writer.add("main")
/// writer.add(plain: "/")
/// writer.add(42)
/// writer.endText()  // "id":"main/42"
/// ```
extension JSONWriter {
    @inline(__always)
    package mutating func beginText(_ name: StaticString) {
        put(name: name)
        sink.put(Ascii.quote)
    }

    package mutating func endText() { sink.put(Ascii.quote) }

    /// A piece that may need escapes.
    package mutating func add(_ text: String) { sink.putEscaped(text) }

    /// A piece that needs none, as its writer sees.
    @inline(__always)
    package mutating func add(plain text: StaticString) { sink.put(text) }

    @inline(__always)
    package mutating func add(_ number: Int64) { sink.putDecimal(number) }

    /// Plain ASCII of at most so many bytes that needs no escapes; the body writes it and says how many they were.
    @inline(__always)
    package mutating func add(upTo countMax: Int, _ fill: (UnsafeMutablePointer<UInt8>) -> Int) {
        sink.put(upTo: countMax, fill)
    }
}
