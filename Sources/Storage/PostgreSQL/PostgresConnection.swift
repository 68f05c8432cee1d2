import CPostgreSQL
import Synchronization

/// One connection to PostgreSQL, always in pipeline mode: statements are sent without waiting for those before them, and
/// `finish` reads what all of them answered. Used by one thread at a time; its owner sees to that.
///
/// An error in one statement skips those after it up to the sync that `finish` sends, and `finish` throws it.
package final class PostgresConnection: @unchecked Sendable {
    private let raw: OpaquePointer
    /// By text and, where there are nulls among the values, types.
    private var prepared: [String: String] = [:]
    /// Prepared since the last sync: forgotten when something fails before the next.
    private var preparedInFlight: [String] = []
    private var preparedCount = 0
    /// What was sent and not answered yet: the text of each statement, and nil for what prepares one.
    private var inFlight: [String?] = []

    /// Those of look-ups, by their ordinals.
    private var lookUps: [PostgresStatement?] = []

    /// The statement that looks rows of a table up by many values, made once.
    func statement(_ lookUp: LookUp, of table: any TableDescription) -> PostgresStatement {
        while lookUps.count <= lookUp.ordinal { lookUps.append(nil) }
        let statement = lookUps[lookUp.ordinal] ?? PostgresStatement(select: table, by: lookUp)
        lookUps[lookUp.ordinal] = statement
        return statement
    }

    /// Connects, and sets the session up so that nothing acknowledged can be lost and nothing waits for ever.
    /// - Throws: `unreachable` where no server answers, `cannotOpen` where it may not be used as it is set.
    package init(_ address: PostgresAddress) throws(StorageFault) {
        raw = try address.connect()
        PQsetNoticeProcessor(raw, { _, _ in }, nil)
        try PostgresSession.begin(on: self)
        guard PQenterPipelineMode(raw) == 1 else { throw .unreachable("the connection takes no pipeline") }
    }

    deinit { PQfinish(raw) }

    /// Answers stopped coming.
    private var hasEnded = false

    /// False when the server or the network has ended it.
    var isAlive: Bool { !hasEnded && PQstatus(raw) == CONNECTION_OK }
    var isInTransaction: Bool {
        let status = PQtransactionStatus(raw)
        return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE
    }

    /// Whether something was sent whose answer nobody has read, or a transaction is open.
    var hasWork: Bool { !inFlight.isEmpty || isInTransaction }

    // MARK: One at a time, before the pipeline

    /// Runs statements without values and answers the last one's result as text. Only while the session is set up.
    func executeAtStart(_ sql: String) throws(StorageFault) -> [String] {
        guard let result = PQexec(raw, sql).map(PostgresResult.init) else { throw lost() }
        try check(result, of: sql)
        return (0..<PQnfields(result.raw)).compactMap { column in
            result.rowCount > 0 ? PQgetvalue(result.raw, 0, column).map { String(cString: $0) } : nil
        }
    }

    // MARK: Sending

    /// Sends a statement, prepared where it is not yet. Its parameters are written `?1`, `?2` … or `$1`, `$2` ….
    func send(_ sql: String, _ parameters: PostgresParameters? = nil) throws(StorageFault) {
        let parameters = parameters ?? PostgresParameters(scalars: 0)
        if let recorder = Self.recorder.withLock({ $0 }) {
            recorder(.init(connection: ObjectIdentifier(self), sql: sql, firstInteger: parameters.firstInteger))
        }
        let name = try prepare(sql, types: parameters.types)
        let isSent = parameters.withValues { count, values, lengths, formats in
            PQsendQueryPrepared(raw, name, count, values, lengths, formats, 1)
        }
        guard isSent == 1 else { throw lost() }
        inFlight.append(sql)
    }

    private func prepare(_ sql: String, types: [Oid]) throws(StorageFault) -> String {
        let key = types.contains(PostgresType.unknown) ? "\(sql) \(types)" : sql
        if let name = prepared[key] { return name }
        if prepared.count == Self.preparedCountMax { try forgetPrepared() }
        preparedCount += 1
        let name = "s\(preparedCount)"
        guard PQsendPrepare(raw, name, PostgresText.numbered(sql), Int32(types.count), types) == 1 else { throw lost() }
        inFlight.append(nil)
        prepared[key] = name
        preparedInFlight.append(key)
        return name
    }

    /// Texts made for the occasion must not pile up on the server.
    private func forgetPrepared() throws(StorageFault) {
        prepared.removeAll()
        preparedInFlight.removeAll()
        guard PQsendQueryParams(raw, "DEALLOCATE ALL", 0, nil, nil, nil, nil, 1) == 1 else { throw lost() }
        inFlight.append(nil)
    }

    // MARK: Reading

    /// Waits for everything sent, and answers each statement's result in order.
    /// - Throws: The first statement's error; those after it were not run. `connectionLost` where there is no telling.
    @discardableResult
    func finish() throws(StorageFault) -> [PostgresResult] {
        guard PQpipelineSync(raw) == 1 else { throw lost() }
        let expected = inFlight
        inFlight = []
        var results: [PostgresResult] = []
        var fault: StorageFault?
        var position = 0
        while true {
            let result = try nextResult()
            let status = result.status
            if status == PGRES_PIPELINE_SYNC { break }
            let sql = position < expected.count ? expected[position] : nil
            if sql != nil { results.append(result) }
            if fault == nil { do { try check(result, of: sql) } catch { fault = error } }
            position += 1
        }
        if let fault {
            for key in preparedInFlight { prepared.removeValue(forKey: key) }
            preparedInFlight = []
            throw fault
        }
        preparedInFlight = []
        return results
    }

    /// Sends one statement and waits for its result.
    func run(_ sql: String, _ parameters: PostgresParameters? = nil) throws(StorageFault) -> PostgresResult {
        try send(sql, parameters)
        guard let result = try finish().last else { throw lost() }
        return result
    }

    /// Runs a statement that answers nothing of interest.
    package func execute(_ sql: String) throws(StorageFault) {
        _ = try run(sql)
    }

    /// Runs a query without values.
    package func query(_ sql: String, each body: (inout ColumnReader) throws -> Void) throws {
        try run(sql).forEach(body)
    }

    /// The next result of those that are to come. Each statement's end with a null, which is passed over; where a second one
    /// follows, nothing comes any more: the connection has ended, though libpq may not say so yet.
    private func nextResult() throws(StorageFault) -> PostgresResult {
        for _ in 0..<2 {
            if let result = PQgetResult(raw) { return PostgresResult(result) }
        }
        hasEnded = true
        throw lost()
    }

    private func check(_ result: PostgresResult, of sql: String?) throws(StorageFault) {
        switch result.status {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_PIPELINE_SYNC, PGRES_EMPTY_QUERY: return
        default:
            throw sql.flatMap { PostgresCount.fault(of: $0, result) }
                ?? StorageFault(postgres: result.state, result.message)
        }
    }

    private func lost() -> StorageFault {
        .connectionLost(PostgresAddress.sentence(of: raw))
    }

    private static let preparedCountMax = 512

    /// A statement as it was sent.
    package struct Sent: Sendable {
        package let connection: ObjectIdentifier
        package let sql: String
        /// The first parameter, where it is one integer: the book.
        package let firstInteger: Int64?
    }

    /// Told of every statement of this process: what a test records to see that each binds its book.
    package static let recorder = Mutex<(@Sendable (Sent) -> Void)?>(nil)
}
