import CPostgreSQL

/// What a statement answered, whole in memory, in binary form. Freed with its last reference.
final class PostgresResult {
    let raw: OpaquePointer

    init(_ raw: OpaquePointer) {
        self.raw = raw
    }

    deinit { PQclear(raw) }

    var status: ExecStatusType { PQresultStatus(raw) }
    var rowCount: Int32 { PQntuples(raw) }
    /// What was done, such as `COMMIT`, which a transaction that had failed answers with `ROLLBACK`.
    var commandTag: String { String(cString: PQcmdStatus(raw)) }

    /// Hands the rows over in order.
    func forEach(_ body: (inout ColumnReader) throws -> Void) rethrows {
        for row in 0..<rowCount {
            var columns = ColumnReader(postgres: PostgresRow(result: raw, row: row))
            try body(&columns)
        }
    }

    /// The state by which PostgreSQL classes an error, five characters; empty where there is none.
    var state: String {
        PQresultErrorField(raw, PostgresField.state).map { String(cString: $0) } ?? ""
    }

    /// The server's sentence, without the values it quotes in its detail: those may be anybody's.
    var message: String {
        PQresultErrorField(raw, PostgresField.message).map { String(cString: $0) } ?? "no message"
    }
}

/// One row of a result. Lives no longer than the result.
struct PostgresRow {
    let result: OpaquePointer
    let row: Int32

    func isNull(at column: Int32) -> Bool { PQgetisnull(result, row, column) != 0 }

    func bytes(at column: Int32) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
    }

    /// An integer of any width, or a truth value; a null is 0, as SQLite has it.
    func integer(at column: Int32) -> Int64 {
        let bytes = bytes(at: column)
        if isNull(at: column) { return 0 }
        switch PQftype(result, column) {
        case PostgresType.integer: return Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
        case PostgresType.middleInteger: return Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
        case PostgresType.smallInteger: return Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
        case PostgresType.boolean: return Int64(bytes.load(as: UInt8.self))
        case let type: preconditionFailure("type \(type): a sum is cast to BIGINT in the query that makes it")
        }
    }

    /// Nil where the column is null.
    func kind(at column: Int32) -> Column.Kind? {
        if isNull(at: column) { return nil }
        return switch PQftype(result, column) {
        case PostgresType.integer, PostgresType.middleInteger, PostgresType.smallInteger, PostgresType.boolean: .integer
        case PostgresType.bytes: .bytes
        default: .text
        }
    }
}

/// The parts of an error message, as the protocol letters them.
enum PostgresField {
    static let state = Int32(UInt8(ascii: "C"))
    static let message = Int32(UInt8(ascii: "M"))
}
