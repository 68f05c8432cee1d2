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

    /// - Parameter value: The row's value, or nil when the row has none and takes no part. It may never change.
    package init(_ name: String, columns: [String], value: @escaping @Sendable (R) -> Value?) {
        self.name = name
        lookUp = LookUp(by: columns)
        self.value = value
        insert = { index, row in index.add(row, of: value(row)) }
        order = { values in ExactKey.inOrder(values) }
    }

    package var columns: [String] { lookUp.columns }
    package func makeIndex() -> RowIndex<R> { UniqueIndex(key: self) }
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
    func makeIndex() -> RowIndex<R>
}

package protocol GroupKeyDescription<R>: AnyObject, Sendable {
    associatedtype R: Row
    var name: String { get }
    var columns: [String] { get }
    func makeIndex() -> RowIndex<R>
}
