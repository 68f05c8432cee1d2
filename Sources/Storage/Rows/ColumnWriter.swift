import CSQLite

/// Takes a row's values one column after another, straight into a statement's parameters, whichever the database is.
package struct ColumnWriter {
    private enum Target {
        case sqlite(OpaquePointer)
        /// The first of the parameters to be written.
        case postgres(UnsafeMutablePointer<PostgresColumn>)
    }

    /// What the values written so far keep on the heap once they are part of a row in memory.
    private(set) var heapBytes = 0
    /// How many values have been written.
    private(set) var count: Int32
    private let target: Target

    /// - Parameter position: The statement's parameter to begin with; the first is 1.
    init(statement: OpaquePointer, position: Int32) {
        target = .sqlite(statement)
        count = position - 1
    }

    init(postgres columns: UnsafeMutablePointer<PostgresColumn>) {
        target = .postgres(columns)
        count = 0
    }

    package mutating func integer(_ value: Int64) {
        switch target {
        case .sqlite(let statement): sqlite3_bind_int64(statement, count + 1, value)
        case .postgres(let columns): columns[Int(count)].integer(value)
        }
        count += 1
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
            heapBytes += HeapSize.text(utf8.count)
            switch target {
            case .sqlite(let statement): Self.bind(utf8, to: statement, count + 1)
            case .postgres(let columns): columns[Int(count)].text(UnsafeRawBufferPointer(utf8))
            }
        }
        count += 1
    }

    package mutating func text(_ value: String?) {
        guard let value else { return null() }
        text(value)
    }

    package mutating func bytes(_ value: [UInt8]) {
        heapBytes += HeapSize.bytes(value.count)
        value.withUnsafeBytes { bytes(raw: $0) }
    }

    package mutating func bytes(_ value: [UInt8]?) {
        guard let value else { return null() }
        bytes(value)
    }

    /// Binds bytes without an array around them, such as a hash held in registers.
    package mutating func bytes(raw value: UnsafeRawBufferPointer) {
        switch target {
        case .sqlite(let statement): Self.bind(raw: value, to: statement, count + 1)
        case .postgres(let columns): columns[Int(count)].bytes(value)
        }
        count += 1
    }

    /// An identifier or other key of one or more columns.
    package mutating func key(_ value: some RowKey) {
        value.write(to: &self)
    }

    package mutating func key(_ value: (some Identifier)?) {
        integer(value?.rawValue)
    }

    package mutating func null() {
        switch target {
        case .sqlite(let statement): sqlite3_bind_null(statement, count + 1)
        case .postgres(let columns): columns[Int(count)].null()
        }
        count += 1
    }

    // MARK: SQLite

    private static func bind(_ utf8: UnsafeBufferPointer<UInt8>, to statement: OpaquePointer, _ position: Int32) {
        utf8.withMemoryRebound(to: CChar.self) { characters in
            // SQLite would take the null pointer of an empty buffer for NULL.
            guard let start = characters.baseAddress, characters.count > 0 else {
                _ = sqlite3_bind_text(statement, position, "", 0, copied)
                return
            }
            _ = sqlite3_bind_text(statement, position, start, Int32(characters.count), copied)
        }
    }

    private static func bind(raw value: UnsafeRawBufferPointer, to statement: OpaquePointer, _ position: Int32) {
        if let start = value.baseAddress, value.count > 0 {
            sqlite3_bind_blob(statement, position, start, Int32(value.count), copied)
        } else {
            sqlite3_bind_zeroblob(statement, position, 0)
        }
    }

    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}

/// What Swift's texts and byte arrays take on the heap, beside the row that holds them: a header and the contents.
enum HeapSize {
    private static let header = 32

    /// Up to 15 bytes of UTF-8 lie in the string itself.
    static func text(_ count: Int) -> Int { count > 15 ? header + count : 0 }
    static func bytes(_ count: Int) -> Int { count > 0 ? header + count : 0 }
}
