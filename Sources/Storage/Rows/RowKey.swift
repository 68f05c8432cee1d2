import Glibc

/// What a row is found by: a primary key, a unique key or the key of a small group.
package protocol RowKey: Hashable, Sendable {
    func write(to columns: inout ColumnWriter)
    init(from columns: inout ColumnReader) throws
    /// Whether the database takes the two for one key. Memory has to agree with it, or what a caller finds would depend on
    /// what happens to be cached.
    static func isSame(_ left: Self, _ right: Self) -> Bool
    /// Whether an index of the database has the one key before the other, as far as that can be told. Rows asked for in
    /// this order are found quicker, since neighbours share their pages; nothing else depends on it.
    static func precedes(_ left: Self, _ right: Self) -> Bool
    /// A hash for tables in memory: the same for keys that are the same.
    var tableHash: UInt64 { get }
    /// The number by which runs tell rows apart: it rises from one batch to the next, so that a range of it is a span of time.
    /// Nil for keys that have none; of a key of two columns, the first's.
    var internalID: Int64? { get }
    /// The key with this number; nil where a number alone makes none.
    init?(internalID: Int64)
}

extension RowKey {
    package var tableHash: UInt64 { UInt64(bitPattern: Int64(hashValue)) }
    package var internalID: Int64? { nil }
    package init?(internalID: Int64) { return nil }
    package static func isSame(_ left: Self, _ right: Self) -> Bool { left == right }
    package static func precedes(_ left: Self, _ right: Self) -> Bool { false }
}

extension RowKey where Self: Comparable {
    package static func precedes(_ left: Self, _ right: Self) -> Bool { left < right }
}

extension Int64: RowKey {
    package init(from columns: inout ColumnReader) { self = columns.integer() }
    package func write(to columns: inout ColumnWriter) { columns.integer(self) }
    package var tableHash: UInt64 { KeyHash.table(self) }
    package var internalID: Int64? { self }
    package init?(internalID: Int64) { self = internalID }
}

extension String: RowKey {
    package init(from columns: inout ColumnReader) { self = columns.text() }
    package func write(to columns: inout ColumnWriter) { columns.text(self) }

    /// Byte by byte: Swift's own equality takes an "é" of one character and one of two for the same text.
    package static func isSame(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        let compared = left.utf8.withContiguousStorageIfAvailable { left in
            right.utf8.withContiguousStorageIfAvailable { right in
                guard let start = left.baseAddress, let other = right.baseAddress else { return true }
                return memcmp(start, other, left.count) == 0
            }
        }
        return (compared ?? nil) ?? left.utf8.elementsEqual(right.utf8)
    }
}

extension Array: RowKey where Element == UInt8 {
    package init(from columns: inout ColumnReader) { self = columns.bytes() }
    package func write(to columns: inout ColumnWriter) { columns.bytes(self) }
}

/// A key of two columns.
package struct PairKey<First: RowKey, Second: RowKey>: RowKey {
    package let first: First
    package let second: Second

    package init(_ first: First, _ second: Second) {
        self.first = first
        self.second = second
    }

    package init(from columns: inout ColumnReader) throws {
        first = try First(from: &columns)
        second = try Second(from: &columns)
    }

    package func write(to columns: inout ColumnWriter) {
        first.write(to: &columns)
        second.write(to: &columns)
    }

    package var tableHash: UInt64 { KeyHash.fold(first.tableHash, second.tableHash ^ 0xa076_1d64_78bd_642f) }
    package var internalID: Int64? { first.internalID }

    package static func isSame(_ left: PairKey, _ right: PairKey) -> Bool {
        First.isSame(left.first, right.first) && Second.isSame(left.second, right.second)
    }

    package static func precedes(_ left: PairKey, _ right: PairKey) -> Bool {
        First.isSame(left.first, right.first)
            ? Second.precedes(left.second, right.second) : First.precedes(left.first, right.first)
    }
}

extension PairKey: Comparable where First: Comparable, Second: Comparable {
    package static func < (left: PairKey, right: PairKey) -> Bool {
        left.first == right.first ? left.second < right.second : left.first < right.first
    }
}

/// A key in the dictionaries of the cache: equal to another where the database takes the two for one.
struct ExactKey<Key: RowKey>: Hashable {
    let key: Key

    init(_ key: Key) {
        self.key = key
    }

    static func == (left: ExactKey, right: ExactKey) -> Bool { Key.isSame(left.key, right.key) }

    /// The keys in the order of the database's index.
    static func inOrder(_ keys: Set<ExactKey>) -> [Key] {
        keys.map { $0.key }.sorted { Key.precedes($0, $1) }
    }

    /// Keys that are the same have the same bytes and so the same hash; the reverse need not hold.
    func hash(into hasher: inout Hasher) { key.hash(into: &hasher) }
}

extension Set {
    /// Empties the set and leaves its memory. An empty one is left alone: after a large batch each small one would else
    /// sweep all that memory.
    mutating func forgetAll() {
        if !isEmpty { removeAll(keepingCapacity: true) }
    }
}
