/// Memory that grows as bytes are put into it, owned by one writer.
///
/// An array would do the same with a check of uniqueness and capacity per piece; a writer puts several pieces per
/// member, and events are written for every posting.
struct ByteSink: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private(set) var count = 0
    private var capacity: Int

    init(capacity: Int) {
        self.capacity = max(capacity, 64)
        start = .allocate(capacity: self.capacity)
    }

    deinit { start.deallocate() }

    /// The bytes so far, valid until the next one is put in.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    mutating func removeAll() { count = 0 }

    @inline(__always)
    mutating func put(_ byte: UInt8) {
        reserve(1)
        start[count] = byte
        count += 1
    }

    @inline(__always)
    mutating func put(_ source: UnsafeRawBufferPointer) {
        guard let from = source.baseAddress else { return }
        reserve(source.count)
        UnsafeMutableRawPointer(start + count).copyMemory(from: from, byteCount: source.count)
        count += source.count
    }

    @inline(__always)
    mutating func put(_ text: StaticString) {
        put(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Room for `extra` bytes, of which `fill` says how many it has written.
    @inline(__always)
    mutating func put(upTo extra: Int, _ fill: (UnsafeMutablePointer<UInt8>) -> Int) {
        reserve(extra)
        count += fill(start + count)
    }

    @inline(__always)
    private mutating func reserve(_ extra: Int) {
        if capacity - count < extra { grow(by: extra) }
    }

    @inline(never)
    private mutating func grow(by extra: Int) {
        capacity = max(capacity * 2, count + extra)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: start, count: count)
        start.deallocate()
        start = larger
    }
}

/// The sink has one owner and no reference to anything shared, so it may move to another thread with it.
extension ByteSink: @unchecked Sendable {}

extension ByteSink {
    /// Writes a whole number in decimal.
    mutating func putDecimal(_ value: Int64) {
        put(upTo: 20) { start in
            guard value < 0 else { return decimal(value.magnitude, at: start) }
            start.pointee = Ascii.minus
            return 1 + decimal(value.magnitude, at: start + 1)
        }
    }
}

/// Writes the digits of `value` from `start` on and returns how many they are: at most 19 for what an `Int64` holds.
@inline(__always)
private func decimal(_ value: UInt64, at start: UnsafeMutablePointer<UInt8>) -> Int {
    let count = digitCount(value)
    var rest = value
    for index in stride(from: count - 1, through: 0, by: -1) {
        start[index] = Ascii.zero + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
    }
    return count
}

@inline(__always)
private func digitCount(_ value: UInt64) -> Int {
    var count = 1
    var rest = value
    while rest >= 10 {
        rest /= 10
        count += 1
    }
    return count
}
