import Synchronization

/// A way to find rows: the columns that are compared, and a number of its own by which a connection knows the statement.
package struct LookUp: Sendable {
    let ordinal: Int
    package let columns: [String]

    private static let count = Atomic<Int>(0)

    init(by columns: [String]) {
        self.columns = columns
        ordinal = Self.count.wrappingAdd(1, ordering: .relaxed).oldValue
    }
}

/// A key that at most one row has, such as the name a caller gave. Every look-up by a caller's key goes through this type.
package final class UniqueKey<R: Row, Value: RowKey>: UniqueKeyDescription {
    package let name: String
    let lookUp: LookUp
    let value: @Sendable (R) -> Value?
    /// What the index does for each row and each missed value, made where their types are known.
    let insert: @Sendable (UniqueIndex<R, Value>, R) -> Bool
    let order: @Sendable (Set<ExactKey<Value>>) -> [Value]
    /// What a value is filed under where runs answer; nil where an ordinary index always does.
    let hash: (@Sendable (Value, KeyHash) -> UInt64)?
    package let runKey: RunKey<R>?
    private let clash: @Sendable (UniqueKey<R, Value>, R, BookRun) throws -> Bool

    /// - Parameter value: The row's value, or nil when the row has none and takes no part. It may never change.
    package init(_ name: String, columns: [String], value: @escaping @Sendable (R) -> Value?) {
        self.name = name
        lookUp = LookUp(by: columns)
        self.value = value
        insert = { index, row in index.add(row, of: value(row)) }
        order = { values in ExactKey.inOrder(values) }
        hash = nil
        runKey = nil
        clash = { _, _, _ in false }
    }

    /// A key that SQLite keeps in runs, for tables that grow without end and values that come in no order. There the engine
    /// alone sees to it that a value is had once. Rows may be taken away, the oldest first: a run goes when all of its own have.
    package init(
        inRuns name: String, columns: [String], value: @escaping @Sendable (R) -> Value?
    ) where Value: HashedKey {
        self.name = name
        lookUp = LookUp(by: columns)
        self.value = value
        insert = { index, row in index.add(row, of: value(row)) }
        order = { values in ExactKey.inOrder(values) }
        let hash: @Sendable (Value, KeyHash) -> UInt64 = { value, start in
            var hash = start
            value.add(to: &hash)
            return hash.value
        }
        self.hash = hash
        runKey = RunKey(isUnique: true) { row, start, file in
            if let value = value(row) { file(hash(value, start)) }
        }
        clash = { key, row, run in try run.hasOther(row, of: key) }
    }

    package var columns: [String] { lookUp.columns }
    package func makeIndex(hashStart: KeyHash?) -> RowIndex<R> {
        guard let hash, let hashStart else { return UniqueIndex(key: self) }
        return RunIndex(key: self, hash: hash, start: hashStart)
    }
    package func clashes(_ row: R, in run: BookRun) throws -> Bool { try clash(self, row, run) }
}

/// A key that a small group of rows shares, such as the operations of one payment. A group is loaded whole, and its rows
/// are given in the order of their primary keys.
package final class GroupKey<R: Row, Value: RowKey>: GroupKeyDescription where R.Key: Comparable {
    package let name: String
    let lookUp: LookUp
    let value: @Sendable (R) -> Value?

    /// - Parameter value: The group the row belongs to, or nil for none. It may never change.
    package init(_ name: String, columns: [String], value: @escaping @Sendable (R) -> Value?) {
        self.name = name
        lookUp = LookUp(by: columns)
        self.value = value
    }

    package var columns: [String] { lookUp.columns }
    package func makeIndex() -> RowIndex<R> { GroupIndex(key: self) }
}

package protocol UniqueKeyDescription<R>: AnyObject, Sendable {
    associatedtype R: Row
    var name: String { get }
    var columns: [String] { get }
    var runKey: RunKey<R>? { get }
    /// - Parameter hashStart: The book's, where runs answer for the keys that are declared so.
    func makeIndex(hashStart: KeyHash?) -> RowIndex<R>
    /// Whether another row, which stands in runs or waits for one, has a value of this one's.
    func clashes(_ row: R, in run: BookRun) throws -> Bool
}

package protocol GroupKeyDescription<R>: AnyObject, Sendable {
    associatedtype R: Row
    var name: String { get }
    var columns: [String] { get }
    func makeIndex() -> RowIndex<R>
}
