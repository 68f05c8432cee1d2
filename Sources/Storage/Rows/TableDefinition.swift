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
    package let listKeys: [any ListKeyDescription<R>]
    package let ordinal = TableOrdinal.next()
    let keyLookUp: LookUp
    /// What the engine does to each row of a batch, made in the initializer: there the row's type is known, and so it runs
    /// specialised, at a fraction of what it costs through a protocol.
    let takeChanges: @Sendable (TableCache<R>) -> TableChanges<R>
    let write: @Sendable (TableChanges<R>, any WriterConnection, BookID) throws -> Void
    let settle: @Sendable (TableChanges<R>) -> Void
    /// The keys kept in runs where there are any: unique ones first, then lists, each in the order of its declaration.
    let runKeys: [RunKey<R>]
    let uniqueKeysInRuns: [any UniqueKeyDescription<R>]

    /// - Parameters:
    ///   - isAppendOnly: Rows are inserted and never changed or deleted; the database refuses it too.
    ///   - keyColumnCount: How many of the leading columns make the primary key (beside the book).
    ///   - checks: Conditions over several columns.
    package init(
        _ name: String, _ rowClass: RowClass, isAppendOnly: Bool = false, keyColumnCount: Int = 1,
        columns: [Column], checks: [String] = [],
        uniqueKeys: [any UniqueKeyDescription<R>] = [], groupKeys: [any GroupKeyDescription<R>] = [],
        listKeys: [any ListKeyDescription<R>] = []
    ) {
        self.name = name
        self.rowClass = rowClass
        self.isAppendOnly = isAppendOnly
        self.columns = columns
        self.keyColumnCount = keyColumnCount
        self.checks = checks
        self.uniqueKeys = uniqueKeys
        self.groupKeys = groupKeys
        self.listKeys = listKeys
        uniqueKeysInRuns = uniqueKeys.filter { $0.runKey != nil }
        runKeys = uniqueKeys.compactMap { $0.runKey } + listKeys.map { $0.runKey }
        precondition(listKeys.isEmpty || isAppendOnly, "\(name): pages of a list hold no rows that went")
        keyLookUp = LookUp(by: columns.prefix(keyColumnCount).map(\.name))
        takeChanges = { cache in cache.takeTouched() }
        write = { changes, connection, book in try changes.writeRows(to: connection, book: book) }
        settle = { changes in changes.settleRows() }
    }

    /// Whether bodies may take rows away.
    var allowsDeletion: Bool { rowClass != .recorded && !isAppendOnly }

    package func makeRuns(seed: UInt64) -> (any AnyTableRuns)? {
        runKeys.isEmpty ? nil : TableRuns<R>(seed: seed)
    }

    /// Which of the table's keys in runs this is.
    func place(inRuns key: AnyObject) -> Int {
        if let place = uniqueKeysInRuns.firstIndex(where: { $0 === key }) { return place }
        guard let place = listKeys.firstIndex(where: { $0 === key }) else {
            preconditionFailure("\(name) does not declare this key in runs")
        }
        return uniqueKeysInRuns.count + place
    }

    package var indexesInRuns: [String] {
        uniqueKeysInRuns.map { "\(name)_by_\($0.name)" } + listKeys.flatMap { $0.indexNames(of: name) }
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
    /// The indexes that runs stand for in SQLite.
    var indexesInRuns: [String] { get }
    /// What finds the table's rows by its keys in runs; nil where it declares none.
    func makeRuns(seed: UInt64) -> (any AnyTableRuns)?
}

/// A table's place in the engine's arrays: a row type reaches its typed cache by one index instead of a dictionary look-up.
package struct TableOrdinal: Sendable {
    let index: Int

    private static let count = Atomic<Int>(0)

    static func next() -> TableOrdinal {
        TableOrdinal(index: count.wrappingAdd(1, ordering: .relaxed).oldValue)
    }
}
