import CSQLite

/// Gives a row's values one column after another.
package struct ColumnReader {
    /// What the values read so far keep on the heap.
    private(set) var heapBytes = 0
    private let statement: OpaquePointer
    private var position: Int32 = 0

    init(statement: OpaquePointer) {
        self.statement = statement
    }

    /// How many columns have been read.
    var count: Int32 { position }

    package mutating func integer() -> Int64 {
        defer { position += 1 }
        return sqlite3_column_int64(statement, position)
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
        defer { position += 1 }
        guard let start = sqlite3_column_text(statement, position) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, position))
        heapBytes += HeapSize.text(count)
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
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
        defer { position += 1 }
        let start = sqlite3_column_blob(statement, position)
        return body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, position))))
    }

    package mutating func key<Key: RowKey>(_ type: Key.Type = Key.self) throws -> Key {
        try Key(from: &self)
    }

    package mutating func optionalKey<Key: Identifier>(_ type: Key.Type = Key.self) -> Key? {
        optionalInteger().map(Key.init(rawValue:))
    }

    package var isNull: Bool { sqlite3_column_type(statement, position) == SQLITE_NULL }

    /// The column as it stands, whatever its kind.
    package mutating func value() -> ColumnValue {
        switch sqlite3_column_type(statement, position) {
        case SQLITE_NULL: skip() ?? .null
        case SQLITE_INTEGER: .integer(integer())
        case SQLITE_BLOB: .bytes(bytes())
        default: .text(text())
        }
    }

    private mutating func skip<T>() -> T? {
        position += 1
        return nil
    }
}
