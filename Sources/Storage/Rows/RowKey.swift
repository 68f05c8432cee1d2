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
}

extension RowKey {
    package static func isSame(_ left: Self, _ right: Self) -> Bool { left == right }
    package static func precedes(_ left: Self, _ right: Self) -> Bool { false }
}

extension RowKey where Self: Comparable {
    package static func precedes(_ left: Self, _ right: Self) -> Bool { left < right }
}

extension Int64: RowKey {
    package init(from columns: inout ColumnReader) { self = columns.integer() }
    package func write(to columns: inout ColumnWriter) { columns.integer(self) }
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
