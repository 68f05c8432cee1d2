import CSQLite

/// One connection to a SQLite file: the thin wrapper over the C API. Used by one thread at a time; its owner sees to that.
package final class SQLiteConnection: @unchecked Sendable {
    package enum Access { case readWrite, readOnly }

    let handle: OpaquePointer
    private var prepared: [String: SQLiteStatement] = [:]
    /// Those of look-ups, by their ordinals.
    private var lookUps: [SQLiteStatement?] = []
    /// When a read has taken too long; nil while none is limited.
    package var deadline: Deadline? { didSet { watchDeadline() } }

    /// Opens the file, creating it when it may be written. Throws `StorageFault.sqlite` with SQLite's own words.
    package init(path: String, access: Access) throws(StorageFault) {
        Self.prepareLibrary
        let flags =
            access == .readWrite
            ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
            : SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            let fault = StorageFault.sqlite(code: code, message: "cannot open \(path): \(Self.message(opened))")
            sqlite3_close_v2(opened)
            throw fault
        }
        handle = opened
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, Self.busyMilliseconds)
    }

    deinit {
        prepared.removeAll()
        lookUps.removeAll()
        sqlite3_close_v2(handle)
    }

    /// Runs statements that answer nothing and take no values.
    package func execute(_ sql: String) throws(StorageFault) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw fault(code, in: sql) }
    }

    /// Prepares a statement once and hands it out reset, or another one of the same text while that is stepping: a query
    /// may be asked again inside itself.
    package func statement(_ sql: String) throws(StorageFault) -> SQLiteStatement {
        let known = prepared[sql]
        if let known, !known.isStepping {
            known.reset()
            return known
        }
        var raw: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &raw, nil)
        guard code == SQLITE_OK, let raw else { throw fault(code, in: sql) }
        let statement = SQLiteStatement(raw, connection: self)
        guard known == nil else { return statement }
        // Texts made for the occasion must not pile up; whoever holds a statement keeps it.
        if prepared.count == Self.preparedCountMax { prepared.removeAll() }
        prepared[sql] = statement
        return statement
    }

    /// The statement that looks rows of a table up by a value, prepared once.
    func statement(_ lookUp: LookUp, of table: any TableDescription) throws(StorageFault) -> SQLiteStatement {
        while lookUps.count <= lookUp.ordinal { lookUps.append(nil) }
        if let known = lookUps[lookUp.ordinal], !known.isStepping { return known }
        let statement = try statement(SQLiteText.select(table, where: lookUp.columns))
        lookUps[lookUp.ordinal] = statement
        return statement
    }

    /// Done once in a process. That somebody else used SQLite before costs speed, no more.
    private static let prepareLibrary: Void = { _ = summa_sqlite_leave_memory_uncounted() }()

    private static let preparedCountMax = 512
    /// How long a connection waits for another's lock, which only a second writer on the file could make it do.
    static let busyMilliseconds: Int32 = 5_000

    /// The single integer a query answers, such as a pragma's value.
    package func integer(_ sql: String) throws(StorageFault) -> Int64 {
        let statement = try statement(sql)
        defer { statement.reset() }
        guard try statement.step() else { return 0 }
        var columns = statement.columns
        return columns.integer()
    }

    /// The single text a query answers.
    package func text(_ sql: String) throws(StorageFault) -> String {
        let statement = try statement(sql)
        defer { statement.reset() }
        guard try statement.step() else { return "" }
        var columns = statement.columns
        return columns.text()
    }

    /// Rows changed by the last statement.
    package var changes: Int { Int(sqlite3_changes(handle)) }

    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    func fault(_ code: Int32, in sql: String) -> StorageFault {
        StorageFault(sqlite: sqlite3_extended_errcode(handle), "\(Self.message(handle)) in: \(sql.prefix(200))")
    }

    private static func message(_ handle: OpaquePointer?) -> String {
        guard let handle, let text = sqlite3_errmsg(handle) else { return "out of memory" }
        return String(cString: text)
    }
}
