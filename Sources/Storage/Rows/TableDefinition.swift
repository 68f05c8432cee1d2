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
