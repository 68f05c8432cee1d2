import CSQLite

/// A prepared statement. Bind, step until it answers false, reset.
package final class SQLiteStatement {
    let raw: OpaquePointer
    private unowned let connection: SQLiteConnection
    private let parameterCount: Int32

    init(_ raw: OpaquePointer, connection: SQLiteConnection) {
        self.raw = raw
        self.connection = connection
        parameterCount = sqlite3_bind_parameter_count(raw)
    }

    deinit { sqlite3_finalize(raw) }

    /// Where values are bound, from the first parameter on.
    package var parameters: ColumnWriter { ColumnWriter(statement: raw, position: 1) }

    /// Parameters left out would keep the values of the row before.
    func checkBound(_ parameters: ColumnWriter) {
        precondition(
            parameters.count == parameterCount,
            "\(parameters.count) of \(parameterCount) values given for: \(String(cString: sqlite3_sql(raw)))")
    }

    var isStepping: Bool { sqlite3_stmt_busy(raw) != 0 }

    /// The current row's columns, from the first on.
    package var columns: ColumnReader { ColumnReader(statement: raw) }

    /// Moves to the next row; false when there is none.
    package func step() throws(StorageFault) -> Bool {
        switch sqlite3_step(raw) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            let fault = connection.fault(code, in: String(cString: sqlite3_sql(raw)))
            sqlite3_reset(raw)
            throw fault
        }
    }

    /// Runs a statement that answers nothing, and makes it ready for the next values.
    package func run() throws(StorageFault) {
        _ = try step()
        sqlite3_reset(raw)
    }

    /// Runs a statement that adds, changes or takes away one row.
    /// - Throws: `StorageFault.disagrees` when it was not one: somebody else wrote to the file, and memory would go on believing
    ///   itself.
    func changeOne() throws(StorageFault) {
        try run()
        guard connection.changes == 1 else {
            throw .disagrees(
                "\(connection.changes) rows instead of 1 by: \(String(cString: sqlite3_sql(raw)).prefix(200))")
        }
    }

    /// Makes the statement ready for other values; those bound stay until they are replaced.
    func rewind() {
        sqlite3_reset(raw)
    }

    package func reset() {
        sqlite3_reset(raw)
        sqlite3_clear_bindings(raw)
    }
}
