/// A name the system gives to one of its things: 63 bits, time-sorted, unique within a book, its own Swift type for each kind.
/// Outside it reads as a prefix and 13 characters of Crockford's base32 in lower case, `pay_0d7w3h5k9m2qa`.
package protocol Identifier: HashedKey, Comparable, CustomStringConvertible {
    /// What tells the kinds apart in text: three letters, without the underscore.
    static var prefix: String { get }
    var rawValue: Int64 { get }
    init(rawValue: Int64)
}

extension Identifier {
    package static func < (left: Self, right: Self) -> Bool {
        left.rawValue < right.rawValue
    }

    package var description: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(20)
        appendText(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the text form without making a string.
    package func appendText(to bytes: inout [UInt8]) {
        IdentifierText.append(rawValue, prefix: Self.prefix, to: &bytes)
    }

    /// Reads the exact text form; nil for another kind's prefix, another length, or a letter outside the alphabet.
    package init?(text: String) {
        guard let value = IdentifierText.value(of: text, prefix: Self.prefix) else { return nil }
        self.init(rawValue: value)
    }

    package init(from columns: inout ColumnReader) {
        self.init(rawValue: columns.integer())
    }

    package func write(to columns: inout ColumnWriter) {
        columns.integer(rawValue)
    }

    package var tableHash: UInt64 { KeyHash.table(rawValue) }
    package var internalID: Int64? { rawValue }
    package init?(internalID: Int64) { self.init(rawValue: internalID) }
    package func add(to hash: inout KeyHash) { hash.integer(rawValue) }
}

extension Identifier {
    /// How many bytes the text form has: prefix, underscore, thirteen letters.
    package static var textByteCount: Int { prefix.utf8.count + 14 }

    /// Writes the text form into memory for `textByteCount` bytes. Answers how many they are.
    package func writeText(to start: UnsafeMutablePointer<UInt8>) -> Int {
        var end = start
        for byte in Self.prefix.utf8 {
            end.pointee = byte
            end += 1
        }
        end.pointee = UInt8(ascii: "_")
        Crockford.write(rawValue, to: end + 1)
        return Self.textByteCount
    }
}

/// The text form all identifiers share, for whoever knows the prefix only at run time.
package enum IdentifierText {
    package static func append(_ value: Int64, prefix: String, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: prefix.utf8)
        bytes.append(UInt8(ascii: "_"))
        Crockford.append(value, to: &bytes)
    }

    /// Reads the exact text form; nil for another prefix, another length, or a letter outside the alphabet.
    package static func value(of text: String, prefix: String) -> Int64? {
        let prefix = prefix.utf8
        let bytes = text.utf8
        guard bytes.count == prefix.count + 14, bytes.starts(with: prefix),
            bytes.dropFirst(prefix.count).first == UInt8(ascii: "_")
        else { return nil }
        return Crockford.value(of: bytes.dropFirst(prefix.count + 1))
    }
}

/// Thirteen letters for 63 bits, most significant first, so that text sorts as the numbers do.
/// One text for each number: the look-alikes Crockford's table also accepts are refused.
private enum Crockford {
    private static let alphabet: [UInt8] = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(value) }
        return values
    }()

    static func append(_ value: Int64, to bytes: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: letterCount) { letters in
            guard let start = letters.baseAddress else { return }
            write(value, to: start)
            bytes.append(contentsOf: letters)
        }
    }

    static func write(_ value: Int64, to start: UnsafeMutablePointer<UInt8>) {
        precondition(value >= 0, "an identifier has 63 bits")
        alphabet.withUnsafeBufferPointer { alphabet in
            for place in 0..<letterCount { start[place] = alphabet[Int(value >> Int64(60 - 5 * place) & 31)] }
        }
    }

    private static let letterCount = 13

    static func value(of letters: some Collection<UInt8>) -> Int64? {
        var value: Int64 = 0
        for (position, letter) in letters.enumerated() {
            let digit = values[Int(letter)]
            // The first letter carries the top three of 63 bits.
            guard digit != 0xFF, position > 0 || digit < 8 else { return nil }
            value = value << 5 | Int64(digit)
        }
        return value
    }
}
