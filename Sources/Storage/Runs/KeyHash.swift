/// The number a key is filed under in a run, and in the memory of what stands in no run yet.
///
/// Two keys may share a number: whoever finds a row by it compares the row's own value, so that a collision costs time
/// and nothing else. The seed is the database's own, so that nobody outside can choose keys that collide. The numbers stand
/// in files: another way of making them needs another version of those.
package struct KeyHash {
    private(set) var value: UInt64

    init(book: BookID, seed: UInt64) {
        value = Self.fold(seed ^ 0x9e37_79b9_7f4a_7c15, UInt64(bitPattern: book.rawValue) ^ 0xbf58_476d_1ce4_e5b9)
    }

    package mutating func integer(_ number: Int64) {
        value = Self.fold(value ^ UInt64(bitPattern: number), 0x94d0_49bb_1331_11eb)
    }

    package mutating func bytes(_ bytes: UnsafeRawBufferPointer) {
        var position = 0
        while position + 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            value = Self.fold(value ^ word, 0xa076_1d64_78bd_642f)
            position += 8
        }
        var rest: UInt64 = 0
        for byte in bytes[position...].reversed() { rest = rest << 8 | UInt64(byte) }
        // The count keeps a text apart from the same one with zeros behind it.
        value = Self.fold(value ^ rest, 0xe703_7ed1_a0b4_28db ^ UInt64(bytes.count))
    }

    /// For tables in memory, of numbers that the engine and not a caller has chosen.
    static func table(_ number: Int64) -> UInt64 {
        fold(UInt64(bitPattern: number) ^ 0x9e37_79b9_7f4a_7c15, 0x94d0_49bb_1331_11eb)
    }

    /// Both halves of the product of two words, one upon the other: every bit of the answer hangs on every one given.
    static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}

/// A value under which runs can file rows.
package protocol HashedKey: RowKey {
    func add(to hash: inout KeyHash)
}

extension String: HashedKey {
    package func add(to hash: inout KeyHash) {
        var text = self
        text.withUTF8 { hash.bytes(UnsafeRawBufferPointer($0)) }
    }
}

extension Int64: HashedKey {
    package func add(to hash: inout KeyHash) { hash.integer(self) }
}
