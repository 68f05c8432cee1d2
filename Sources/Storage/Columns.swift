import CSQLite

/// Takes a row's values one column after another, straight into a statement's parameters.
package struct ColumnWriter {
    private let statement: OpaquePointer
    private var position: Int32

    init(statement: OpaquePointer, position: Int32) {
        self.statement = statement
        self.position = position
    }

    package mutating func integer(_ value: Int64) {
        sqlite3_bind_int64(statement, position, value)
        position += 1
    }

    package mutating func integer(_ value: Int64?) {
        guard let value else { return null() }
        integer(value)
    }

    package mutating func boolean(_ value: Bool) {
        integer(value ? 1 : 0)
    }

    package mutating func instant(_ value: Instant) {
        integer(value.microseconds)
    }

    package mutating func instant(_ value: Instant?) {
        integer(value?.microseconds)
    }

    package mutating func text(_ value: String) {
        var value = value
        value.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { characters in
                // SQLite would take the null pointer of an empty buffer for NULL.
                guard let start = characters.baseAddress, characters.count > 0 else {
                    _ = sqlite3_bind_text(statement, position, "", 0, Self.copied)
                    return
                }
                _ = sqlite3_bind_text(statement, position, start, Int32(characters.count), Self.copied)
            }
        }
        position += 1
    }

    package mutating func text(_ value: String?) {
        guard let value else { return null() }
        text(value)
    }

    package mutating func bytes(_ value: [UInt8]) {
        value.withUnsafeBytes { bytes(raw: $0) }
    }

    package mutating func bytes(_ value: [UInt8]?) {
        guard let value else { return null() }
        bytes(value)
    }

    /// Binds bytes without an array around them, such as a hash held in registers.
    package mutating func bytes(raw value: UnsafeRawBufferPointer) {
        if let start = value.baseAddress, value.count > 0 {
            sqlite3_bind_blob(statement, position, start, Int32(value.count), Self.copied)
        } else {
            sqlite3_bind_zeroblob(statement, position, 0)
        }
        position += 1
    }

    /// An identifier or other key of one or more columns.
    package mutating func key(_ value: some RowKey) {
        value.write(to: &self)
    }

    package mutating func key(_ value: (some Identifier)?) {
        integer(value?.rawValue)
    }

    package mutating func null() {
        sqlite3_bind_null(statement, position)
        position += 1
    }

    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}

/// Gives a row's values one column after another.
package struct ColumnReader {
    private let statement: OpaquePointer
    private var position: Int32 = 0

    init(statement: OpaquePointer) {
        self.statement = statement
    }

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
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    package mutating func optionalText() -> String? {
        isNull ? skip() : text()
    }

    package mutating func bytes() -> [UInt8] {
        withBytes { Array($0) }
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

/// A column's value without its row's type, for queries, comparisons and exports.
package enum ColumnValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])

    package func write(to columns: inout ColumnWriter) {
        switch self {
        case .null: columns.null()
        case .integer(let value): columns.integer(value)
        case .text(let value): columns.text(value)
        case .bytes(let value): columns.bytes(value)
        }
    }
}
