/// A page of a run's file: a checksum that knows the page's place, then what it holds.
///
/// The sum tells damage, a torn write and a page that stands where another should; it is no defence against somebody who
/// writes files, who is found by `verify` over the log.
enum RunPage {
    static let byteCount = 4_096
    /// What a page holds beside its checksum, in bytes; a whole number of entries.
    static let contentByteCount = 4_080
    static let entryCount = contentByteCount / RunEntry.byteCount
    private static let contentStart = 16

    /// Writes the sum of what the page holds at its beginning.
    static func seal(_ page: UnsafeMutableRawBufferPointer, place: Int) {
        let sum = sum(of: UnsafeRawBufferPointer(page), place: place)
        page.storeBytes(of: sum.littleEndian, as: UInt64.self)
        page.storeBytes(of: UInt64(place).littleEndian, toByteOffset: 8, as: UInt64.self)
    }

    static func isSound(_ page: UnsafeRawBufferPointer, place: Int) -> Bool {
        page.count == byteCount && UInt64(littleEndian: page.load(as: UInt64.self)) == sum(of: page, place: place)
            && UInt64(littleEndian: page.load(fromByteOffset: 8, as: UInt64.self)) == UInt64(place)
    }

    static func content(of page: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: page[contentStart...])
    }

    static func content(of page: UnsafeMutableRawBufferPointer) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(rebasing: page[contentStart...])
    }

    /// Two sums side by side, so that the processor need not wait for one product before it begins the next.
    private static func sum(of page: UnsafeRawBufferPointer, place: Int) -> UInt64 {
        var even = UInt64(place) ^ 0x9e37_79b9_7f4a_7c15
        var odd: UInt64 = 0xbf58_476d_1ce4_e5b9
        for offset in stride(from: contentStart, to: byteCount, by: 16) {
            even = KeyHash.fold(even ^ word(page, offset), 0xa076_1d64_78bd_642f)
            odd = KeyHash.fold(odd ^ word(page, offset + 8), 0xe703_7ed1_a0b4_28db)
        }
        return KeyHash.fold(even, odd ^ 0x94d0_49bb_1331_11eb) ^ even ^ odd
    }

    private static func word(_ page: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        UInt64(littleEndian: page.load(fromByteOffset: offset, as: UInt64.self))
    }
}

extension RunEntry {
    /// The entry at a place of a page's content.
    init(_ content: UnsafeRawBufferPointer, at place: Int) {
        let offset = place * Self.byteCount
        hash = UInt64(littleEndian: content.load(fromByteOffset: offset, as: UInt64.self))
        id = Int64(littleEndian: content.load(fromByteOffset: offset + 8, as: Int64.self))
    }

    func write(to content: UnsafeMutableRawBufferPointer, at place: Int) {
        let offset = place * Self.byteCount
        content.storeBytes(of: hash.littleEndian, toByteOffset: offset, as: UInt64.self)
        content.storeBytes(of: id.littleEndian, toByteOffset: offset + 8, as: Int64.self)
    }
}
