/// A strict reader of one JSON text, walked by its caller value by value.
///
/// It exists beside `JSONValue` for speed: who knows what to expect, as when millions of events are folded,
/// takes each value straight into its own types and builds no tree in between. Both refuse the same texts.
/// ```swift
/// try JSONScanner.scan(bytes) { scanner in
///     try scanner.beginObject()
///     while try scanner.nextMember() {
///         if scanner.name(is: "amount") { amount = try scanner.readInteger() } else { try scanner.skipValue() }
///     }
/// }
/// ```
/// The scanner lives only inside `scan`, because it reads the caller's bytes where they lie. It is never ahead
/// of its caller: what has not been walked through has not been checked, and `scan` fails unless all has been.
package struct JSONScanner: ~Copyable {
    let bytes: UnsafeRawBufferPointer
    let limits: JSONLimits
    /// The byte to be looked at next.
    var offset = 0
    /// The arrays and objects that are open, outermost first.
    var frames: [Frame] = []
    /// The names that the open objects have had, outermost first; a frame knows where its own begin.
    var names: [SeenName] = []

    init(_ bytes: UnsafeRawBufferPointer, limits: JSONLimits) throws(JSONError) {
        self.bytes = bytes
        self.limits = limits
        // What most texts need, so that nothing is moved while they are read.
        frames.reserveCapacity(8)
        names.reserveCapacity(32)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw JSONError(.byteOrderMark, offset: 0, path: .root) }
    }

    /// Reads one text: `body` takes its value, and nothing but white space may follow.
    /// - Throws: `JSONError` for the text, and whatever `body` throws.
    package static func scan<Result>(
        _ bytes: UnsafeRawBufferPointer, limits: JSONLimits = .standard,
        _ body: (inout JSONScanner) throws -> Result
    ) throws -> Result {
        var scanner = try JSONScanner(bytes, limits: limits)
        let result = try body(&scanner)
        try scanner.finish()
        return result
    }

    package static func scan<Result>(
        _ bytes: [UInt8], limits: JSONLimits = .standard, _ body: (inout JSONScanner) throws -> Result
    ) throws -> Result {
        try bytes.withUnsafeBytes { try scan($0, limits: limits, body) }
    }

    mutating func finish() throws(JSONError) {
        guard frames.isEmpty else { throw unexpected() }
        skipSpace()
        guard offset == bytes.count else { throw error(.trailingBytes) }
    }
}

// MARK: - Looking at the bytes

extension JSONScanner {
    /// The next byte, or 0 at the end: no token of JSON begins with or contains a zero byte.
    @inline(__always)
    var current: UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    @inline(__always)
    mutating func skipSpace() {
        while isSpace(current) { offset += 1 }
    }

    @inline(__always)
    private func isSpace(_ byte: UInt8) -> Bool {
        byte == Ascii.space || byte == Ascii.lineFeed || byte == Ascii.carriageReturn || byte == Ascii.tab
    }

    @inline(__always)
    mutating func take(_ byte: UInt8) throws(JSONError) {
        guard current == byte else { throw unexpected() }
        offset += 1
    }

    func slice(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[range])
    }
}

// MARK: - Saying what is wrong

extension JSONScanner {
    func error(_ kind: JSONError.Kind, at offset: Int? = nil) -> JSONError {
        JSONError(kind, offset: offset ?? self.offset, path: path)
    }

    func unexpected() -> JSONError { unexpected(at: offset) }

    func unexpected(at offset: Int) -> JSONError {
        offset < bytes.count
            ? error(.unexpectedByte(bytes[offset]), at: offset)
            : error(.unexpectedEnd, at: bytes.count)
    }

    /// Where the scanner stands, for a caller that has something to say about the value it is about to read.
    package var path: JSONPath {
        frames.reduce(.root) { path, frame in
            guard frame.isObject else { return frame.count > 0 ? path.element(frame.count - 1) : path }
            return frame.name.map { path.member(text(of: $0)) } ?? path
        }
    }
}
