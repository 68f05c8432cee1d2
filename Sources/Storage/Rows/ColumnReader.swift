import CSQLite

/// Gives a row's values one column after another, whichever database they come from.
package struct ColumnReader {
    private enum Source {
        case sqlite(OpaquePointer)
        case postgres(PostgresRow)
    }

    /// What the values read so far keep on the heap.
    private(set) var heapBytes = 0
    /// How many columns have been read.
    private(set) var count: Int32 = 0
    private let source: Source

    init(statement: OpaquePointer) {
        source = .sqlite(statement)
    }

    init(postgres row: PostgresRow) {
        source = .postgres(row)
    }

    package mutating func integer() -> Int64 {
        defer { count += 1 }
        return switch source {
        case .sqlite(let statement): sqlite3_column_int64(statement, count)
        case .postgres(let row): row.integer(at: count)
        }
    }

    package mutating func optionalInteger() -> Int64? {
        isNull ? skip() : integer()
    }

    package mutating func boolean() -> Bool {
        integer() != 0
    }

    package mutating func instant() -> Instant {
        Instant(microseconds: integer())
    }

    package mutating func optionalInstant() -> Instant? {
        optionalInteger().map(Instant.init(microseconds:))
    }

    package mutating func text() -> String {
        let text = withRaw(Self.text(of:_:)) { String(decoding: $0, as: UTF8.self) }
        heapBytes += HeapSize.text(text.utf8.count)
        return text
    }

    package mutating func optionalText() -> String? {
        isNull ? skip() : text()
    }

    package mutating func bytes() -> [UInt8] {
        let bytes = withBytes { Array($0) }
        heapBytes += HeapSize.bytes(bytes.count)
        return bytes
    }

    package mutating func optionalBytes() -> [UInt8]? {
        isNull ? skip() : bytes()
    }

    /// Reads bytes without making an array of them; the buffer lives as long as the call.
    package mutating func withBytes<T>(_ body: (UnsafeRawBufferPointer) -> T) -> T {
        withRaw(Self.blob(of:_:), body)
    }

    package mutating func key<Key: RowKey>(_ type: Key.Type = Key.self) throws -> Key {
        try Key(from: &self)
    }

    package mutating func optionalKey<Key: Identifier>(_ type: Key.Type = Key.self) -> Key? {
        optionalInteger().map(Key.init(rawValue:))
    }

    package var isNull: Bool {
        switch source {
        case .sqlite(let statement): sqlite3_column_type(statement, count) == SQLITE_NULL
        case .postgres(let row): row.isNull(at: count)
        }
    }

    /// The column as it stands, whatever its kind.
    package mutating func value() -> ColumnValue {
        switch kind {
        case nil: skip() ?? .null
        case .integer: .integer(integer())
        case .bytes: .bytes(bytes())
        case .text: .text(text())
        }
    }

    private var kind: Column.Kind? {
        switch source {
        case .postgres(let row): row.kind(at: count)
        case .sqlite(let statement):
            switch sqlite3_column_type(statement, count) {
            case SQLITE_NULL: nil
            case SQLITE_INTEGER: .integer
            case SQLITE_BLOB: .bytes
            default: .text
            }
        }
    }

    private mutating func skip<T>() -> T? {
        count += 1
        return nil
    }

    private mutating func withRaw<T>(
        _ start: (OpaquePointer, Int32) -> UnsafeRawPointer?, _ body: (UnsafeRawBufferPointer) -> T
    ) -> T {
        defer { count += 1 }
        switch source {
        case .postgres(let row): return body(row.bytes(at: count))
        case .sqlite(let statement):
            // The pointer first: asking for it may change the length.
            let start = start(statement, count)
            return body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, count))))
        }
    }

    private static func text(of statement: OpaquePointer, _ column: Int32) -> UnsafeRawPointer? {
        sqlite3_column_text(statement, column).map { UnsafeRawPointer($0) }
    }

    private static func blob(of statement: OpaquePointer, _ column: Int32) -> UnsafeRawPointer? {
        sqlite3_column_blob(statement, column)
    }
}
