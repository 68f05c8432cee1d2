/// Where in a distributed trace a request stands: the `traceparent` of W3C Trace Context, level 1.
package struct TraceParent: Hashable, Sendable, CustomStringConvertible {
    /// 32 lower-case hexadecimal digits, not all zero: the whole trace.
    package let traceID: String
    /// 16 of them, not all zero: the caller's span in it.
    package let parentID: String
    /// Two of them; the lowest bit says that the caller records the trace.
    package let flags: String

    package init?(traceID: String, parentID: String, flags: String) {
        guard Self.isHex(traceID, count: 32), Self.isHex(parentID, count: 16), Self.isHex(flags, count: 2),
            traceID.utf8.contains(where: { $0 != UInt8(ascii: "0") }),
            parentID.utf8.contains(where: { $0 != UInt8(ascii: "0") })
        else { return nil }
        self.traceID = traceID
        self.parentID = parentID
        self.flags = flags
    }

    /// Reads one header value, white space around it allowed; nil when the trace cannot be continued.
    ///
    /// A version we do not know is read as far as version 00 goes, as §4.1 asks of the receiver; `ff` is never valid.
    package init?(header: String) {
        let value = header.utf8.drop(while: Self.isSpace).reversed().drop(while: Self.isSpace).reversed()
        let text = String(decoding: value, as: UTF8.self)
        let parts = text.split(separator: "-", maxSplits: 4, omittingEmptySubsequences: false).map { String($0) }
        guard parts.count >= 4, Self.isHex(parts[0], count: 2), parts[0] != "ff" else { return nil }
        guard parts.count == 4 || parts[0] != "00" else { return nil }
        self.init(traceID: parts[1], parentID: parts[2], flags: parts[3])
    }

    /// The same trace seen from a span of our own, for whom we call in turn.
    package func child(parentID: String) -> TraceParent? {
        TraceParent(traceID: traceID, parentID: parentID, flags: flags)
    }

    /// The text in version 00, whatever version it was read in.
    package var description: String { "00-\(traceID)-\(parentID)-\(flags)" }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private static func isHex(_ text: String, count: Int) -> Bool {
        text.utf8.count == count
            && text.utf8.allSatisfy {
                UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
            }
    }
}
