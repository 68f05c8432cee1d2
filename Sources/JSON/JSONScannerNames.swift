/// Knowing the names of members: which one is being read, and which have been.
extension JSONScanner {
    /// A name that was written without escapes, so that its bytes in the text are its bytes.
    struct SeenName {
        /// The first eight bytes, which tell nearly all names apart in one comparison.
        let prefix: UInt64
        let token: StringToken
    }

    /// Objects up to this size compare each name with those before it; larger ones keep a set, so that a hostile
    /// object of a million members costs a million look-ups and not their square.
    private static let comparedCountMax = 32

    /// Whether the member being read has that name.
    @inline(__always)
    package func name(is wanted: StaticString) -> Bool {
        guard let token = frames.last?.name else { return false }
        if token.isEscaped { return text(of: token) == wanted.description }
        let expected = UnsafeRawBufferPointer(start: wanted.utf8Start, count: wanted.utf8CodeUnitCount)
        return slice(token.range).elementsEqual(expected)
    }

    /// The name of the member being read.
    package var name: String { frames.last?.name.map { text(of: $0) } ?? "" }

    /// Notes a name of the object opened last; false if the object has had it. Names are the same when their
    /// bytes are, after escapes are resolved.
    mutating func remember(_ name: StringToken) -> Bool {
        let frame = frames.count - 1
        let isFew = names.count - frames[frame].namesStart < JSONScanner.comparedCountMax
        if isFew && !name.isEscaped && frames[frame].manyNames == nil {
            return rememberAmongFew(name, since: frames[frame].namesStart)
        }
        if frames[frame].manyNames == nil {
            frames[frame].manyNames = Set(names[frames[frame].namesStart...].map { Array(slice($0.token.range)) })
        }
        let bytes = Array(text(of: name).utf8)
        return frames[frame].manyNames?.insert(bytes).inserted ?? false
    }

    private mutating func rememberAmongFew(_ name: StringToken, since start: Int) -> Bool {
        let prefix = prefix(of: name)
        for index in start..<names.count where names[index].prefix == prefix {
            let other = names[index].token
            if other.count == name.count && slice(other.range).elementsEqual(slice(name.range)) { return false }
        }
        names.append(SeenName(prefix: prefix, token: name))
        return true
    }

    private func prefix(of name: StringToken) -> UInt64 {
        if name.count >= 8 { return bytes.loadUnaligned(fromByteOffset: name.start, as: UInt64.self) }
        return slice(name.range).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
}
