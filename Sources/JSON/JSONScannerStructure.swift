/// Walking through arrays and objects.
extension JSONScanner {
    /// An array or object that has been opened and not yet closed.
    struct Frame {
        let isObject: Bool
        /// Members or elements begun.
        var count = 0
        /// The name of the member being read.
        var name: StringToken?
        /// Where this object's own names begin in `names`.
        let namesStart: Int
        /// All names of this object, once there are too many to walk through or one has been written with escapes.
        var manyNames: Set<[UInt8]>?
    }

    /// The type of the value that comes next, told by its first byte. The value itself is not checked yet.
    package mutating func peek() throws(JSONError) -> JSONType {
        skipSpace()
        switch current {
        case Ascii.quote: return .string
        case Ascii.braceOpen: return .object
        case Ascii.bracketOpen: return .array
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        case Ascii.minus, Ascii.zero...Ascii.nine: return .number
        default: throw unexpected()
        }
    }

    @inline(__always)
    mutating func expect(_ type: JSONType) throws(JSONError) {
        let found = try peek()
        guard found == type else { throw error(.wrongType(expected: type, found: found)) }
    }

    package mutating func beginObject() throws(JSONError) {
        try expect(.object)
        try open(isObject: true)
    }

    package mutating func beginArray() throws(JSONError) {
        try expect(.array)
        try open(isObject: false)
    }

    private mutating func open(isObject: Bool) throws(JSONError) {
        guard frames.count < limits.depthMax else { throw error(.tooDeep(limit: limits.depthMax)) }
        offset += 1
        frames.append(Frame(isObject: isObject, namesStart: names.count))
    }

    /// Goes to the next member of the object opened last: true with its name read and its value next, false when
    /// the object has ended. The value of the member before must have been read or skipped.
    /// - Throws: `duplicateMember` for a name the object has had before.
    package mutating func nextMember() throws(JSONError) -> Bool {
        precondition(frames.last?.isObject == true, "nextMember is asked of an object")
        let frame = frames.count - 1
        guard try advance(closing: Ascii.braceClose) else { return false }
        frames[frame].name = nil
        guard current == Ascii.quote else { throw unexpected() }
        let start = offset
        let name = try scanString()
        frames[frame].name = name
        guard remember(name) else { throw error(.duplicateMember(text(of: name)), at: start) }
        skipSpace()
        try take(Ascii.colon)
        return true
    }

    /// Goes to the next element of the array opened last; false when the array has ended.
    package mutating func nextElement() throws(JSONError) -> Bool {
        precondition(frames.last?.isObject == false, "nextElement is asked of an array")
        return try advance(closing: Ascii.bracketClose)
    }

    /// Steps over the comma before the next item, or over the closing bracket.
    @inline(__always)
    private mutating func advance(closing: UInt8) throws(JSONError) -> Bool {
        let frame = frames.count - 1
        skipSpace()
        if current == closing {
            offset += 1
            names.removeSubrange(frames[frame].namesStart...)
            frames.removeLast()
            return false
        }
        if frames[frame].count > 0 {
            try take(Ascii.comma)
            skipSpace()
            // A bracket here would pass for an empty rest the next time round.
            guard current != closing else { throw unexpected() }
        }
        frames[frame].count += 1
        return true
    }

    /// Checks the next value and leaves it.
    /// - Returns: where its text lies.
    @discardableResult
    package mutating func skipValue() throws(JSONError) -> Range<Int> {
        let type = try peek()
        let start = offset
        switch type {
        case .null: try readNull()
        case .bool: _ = try readBool()
        case .number: _ = try scanNumber()
        case .string: _ = try scanString()
        case .array:
            try beginArray()
            while try nextElement() { try skipValue() }
        case .object:
            try beginObject()
            while try nextMember() { try skipValue() }
        }
        return start..<offset
    }
}
