/// A key that any number of rows share, such as the account a posting stands on. They are read in pages, the latest first,
/// and never loaded whole; in SQLite they stand in runs, elsewhere in an ordinary index of each column.
package final class ListKey<R: Row, Value: Identifier>: ListKeyDescription {
    package let name: String
    /// Any of them may hold the value.
    package let columns: [String]
    package let runKey: RunKey<R>

    /// - Parameters:
    ///   - columns: Each has an index of its own, named `table_by_column`, made by a schema step.
    ///   - forEachValue: Calls with each value the row stands under. They may never change.
    package init(
        _ name: String, columns: [String], forEachValue: @escaping @Sendable (R, (Value) -> Void) -> Void
    ) {
        self.name = name
        self.columns = columns
        runKey = RunKey(isUnique: false) { row, start, file in
            forEachValue(row) { value in
                var hash = start
                value.add(to: &hash)
                file(hash.value)
            }
        }
    }

    package func indexNames(of table: String) -> [String] { columns.map { "\(table)_by_\($0)" } }
}

package protocol ListKeyDescription<R>: AnyObject, Sendable {
    associatedtype R: Row
    var runKey: RunKey<R> { get }
    func indexNames(of table: String) -> [String]
}

/// How runs file a table's rows under one of its keys. Made where the key's type is known, so that it runs specialised.
package struct RunKey<R: Row>: Sendable {
    /// One row at most has a value; most look-ups find none, and a filter tells them so.
    let isUnique: Bool
    /// Calls with the hash of each value the row has.
    let file: @Sendable (R, KeyHash, (UInt64) -> Void) -> Void
}
