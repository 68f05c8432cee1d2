import Synchronization

/// What the engine knows of one table: its columns, its class, and the keys its rows are found by.
package final class TableDefinition<R: Row>: TableDescription {
    package let name: String
    package let rowClass: RowClass
    package let isAppendOnly: Bool
    package let columns: [Column]
    package let keyColumnCount: Int
    package let checks: [String]
    package let uniqueKeys: [any UniqueKeyDescription<R>]
    package let groupKeys: [any GroupKeyDescription<R>]
    package let ordinal = TableOrdinal.next()
    let keyLookUp: LookUp
    /// What the engine does to each row of a batch, made in the initializer: there the row's type is known, and so it runs
    /// specialised, at a fraction of what it costs through a protocol.
    let flush: @Sendable (TableCache<R>, any WriterConnection, BookID) throws -> Void
    let keep: @Sendable (TableCache<R>) -> Void

    /// - Parameters:
    ///   - isAppendOnly: Rows are inserted and never changed or deleted; the database refuses it too.
    ///   - keyColumnCount: How many of the leading columns make the primary key (beside the book).
    ///   - checks: Conditions over several columns.
    package init(
        _ name: String, _ rowClass: RowClass, isAppendOnly: Bool = false, keyColumnCount: Int = 1,
        columns: [Column], checks: [String] = [],
        uniqueKeys: [any UniqueKeyDescription<R>] = [], groupKeys: [any GroupKeyDescription<R>] = []
    ) {
        self.name = name
        self.rowClass = rowClass
        self.isAppendOnly = isAppendOnly
        self.columns = columns
        self.keyColumnCount = keyColumnCount
        self.checks = checks
        self.uniqueKeys = uniqueKeys
        self.groupKeys = groupKeys
        keyLookUp = LookUp(by: columns.prefix(keyColumnCount).map(\.name))
        flush = { cache, connection, book in try cache.writeTouched(to: connection, book: book) }
        keep = { cache in cache.keepTouched() }
    }

    package var indexes: [(name: String, columns: [String], isUnique: Bool)] {
        uniqueKeys.map { ("\(name)_by_\($0.name)", $0.columns, true) }
            + groupKeys.map { ("\(name)_by_\($0.name)", $0.columns, false) }
    }
}

/// A table without its row type, for migrations, for the engine's per-table loop and for comparing databases.
package protocol TableDescription: AnyObject, Sendable {
    var name: String { get }
    var rowClass: RowClass { get }
    var isAppendOnly: Bool { get }
    var columns: [Column] { get }
    var keyColumnCount: Int { get }
    var checks: [String] { get }
    var indexes: [(name: String, columns: [String], isUnique: Bool)] { get }
    var ordinal: TableOrdinal { get }
}

/// A table's place in the engine's arrays: a row type reaches its typed cache by one index instead of a dictionary look-up.
package struct TableOrdinal: Sendable {
    let index: Int

    private static let count = Atomic<Int>(0)

    static func next() -> TableOrdinal {
        TableOrdinal(index: count.wrappingAdd(1, ordering: .relaxed).oldValue)
    }
}

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
