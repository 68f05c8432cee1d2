/// Why a text was not read: what is wrong, at which byte, inside which value.
///
/// Everything the scanner refuses ends here; no input makes it trap.
package struct JSONError: Error, Hashable, Sendable {
    package let kind: Kind
    /// Bytes before the one that is wrong; the length of the text where something is missing at its end.
    package let offset: Int
    /// The value being read when it went wrong.
    package let path: JSONPath

    package enum Kind: Hashable, Sendable {
        /// The text ends inside a value, or holds none.
        case unexpectedEnd
        /// A byte that the grammar does not allow here.
        case unexpectedByte(UInt8)
        /// Something other than white space after the one value of the text.
        case trailingBytes
        /// RFC 8259 §8.1 lets a reader ignore a byte order mark; what we hash and compare must not have two spellings.
        case byteOrderMark
        /// A string holds bytes that are not UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF).
        case invalidUTF8
        /// A control character below U+0020 stands unescaped in a string.
        case controlCharacter(UInt8)
        /// A backslash followed by something RFC 8259 §7 does not list.
        case invalidEscape
        /// `\uD800`–`\uDFFF` not in a pair: no Unicode text has it, so two readers would see two strings.
        case loneSurrogate
        /// A leading zero, or a number that breaks off.
        case invalidNumber
        /// More arrays and objects inside one another than the limit allows.
        case tooDeep(limit: Int)
        /// A name the object has already. Readers disagree on which one counts, so neither does.
        case duplicateMember(String)
        /// A sound value of another type than the reader asked for.
        case wrongType(expected: JSONType, found: JSONType)
        /// A number with a fraction or an exponent where a whole one was asked for.
        case notAnInteger
        /// A whole number that does not fit in 64 bits.
        case integerOutOfRange
    }

    package init(_ kind: Kind, offset: Int, path: JSONPath) {
        self.kind = kind
        self.offset = offset
        self.path = path
    }
}

/// What a reader is willing to take.
package struct JSONLimits: Hashable, Sendable {
    /// Arrays and objects inside one another.
    package let depthMax: Int

    /// Enough for every body and file we know, and small enough for any thread's stack.
    package static let standard = JSONLimits(depthMax: 64)

    /// `depthMax` is from 1 to 512: values are read and released recursively, so the stack sets the limit.
    package init(depthMax: Int) {
        precondition((1...512).contains(depthMax), "a depth the stack can hold")
        self.depthMax = depthMax
    }
}
