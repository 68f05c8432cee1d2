import CPostgreSQL

/// The values of one statement for PostgreSQL in its binary form: each parameter either one value, or an array with one
/// element for each row, from which the statement makes rows again with `unnest`.
final class PostgresParameters {
    private let columns: UnsafeMutablePointer<PostgresColumn>
    private let count: Int

    /// - Parameters:
    ///   - scalars: How many parameters hold one value.
    ///   - arrays: The kinds of those that hold an array, after the scalars.
    init(scalars: Int, arrays: [Column.Kind] = []) {
        count = scalars + arrays.count
        columns = .allocate(capacity: max(count, 1))
        for index in 0..<scalars { (columns + index).initialize(to: PostgresColumn(array: nil)) }
        for (index, kind) in arrays.enumerated() {
            (columns + scalars + index).initialize(to: PostgresColumn(array: kind))
        }
    }

    /// One value each.
    convenience init(_ values: [ColumnValue]) {
        self.init(scalars: values.count)
        var columns = writer()
        for value in values { value.write(to: &columns) }
    }

    deinit {
        for index in 0..<count { columns[index].free() }
        columns.deinitialize(count: count)
        columns.deallocate()
    }

    /// Where values are written, from a parameter on. The writer must not outlive this object.
    func writer(from index: Int = 0) -> ColumnWriter { ColumnWriter(postgres: columns + index) }

    /// Makes the parameters empty for other values; their memory stays.
    func clear() {
        for index in 0..<count { columns[index].clear() }
    }

    /// The types by which the statement is prepared: what a null is, the server finds out.
    var types: [Oid] { (0..<count).map { columns[$0].type } }

    /// The first parameter, where it is one integer.
    var firstInteger: Int64? { count > 0 ? columns[0].singleInteger : nil }

    /// Hands the values over in the shape libpq takes them; the buffers live as long as the call.
    func withValues<T>(
        _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> T
    ) -> T {
        let values = (0..<count).map { columns[$0].sealed }
        let lengths = (0..<count).map { Int32(columns[$0].count) }
        let formats = [Int32](repeating: 1, count: count)
        return body(Int32(count), values, lengths, formats)
    }
}

/// One parameter's bytes as they go over the wire: big-endian, and in an array each behind its length.
struct PostgresColumn {
    private var start: UnsafeMutableRawPointer?
    private(set) var count = 0
    private var capacity = 0
    private let isArray: Bool
    private var elementType: Oid
    private var elements: Int32 = 0
    private var hasNull = false

    /// - Parameter kind: What the elements of an array are; nil where the parameter is one value.
    init(array kind: Column.Kind?) {
        isArray = kind != nil
        elementType = kind.map(PostgresType.of) ?? PostgresType.unknown
        clear()
    }

    var type: Oid { isArray ? PostgresType.array(of: elementType) : elementType }

    mutating func clear() {
        count = 0
        elements = 0
        hasNull = false
        if isArray { reserve(Self.headerBytes) } else { elementType = PostgresType.unknown }
    }

    mutating func free() {
        start?.deallocate()
        start = nil
    }

    // MARK: Writing

    mutating func integer(_ value: Int64) {
        begin(PostgresType.integer, bytes: 8)
        append(value)
    }

    mutating func text(_ utf8: UnsafeRawBufferPointer) {
        begin(PostgresType.text, bytes: utf8.count)
        append(utf8)
    }

    mutating func bytes(_ value: UnsafeRawBufferPointer) {
        begin(PostgresType.bytes, bytes: value.count)
        append(value)
    }

    mutating func null() {
        elements += 1
        hasNull = true
        if isArray { append(Int32(-1)) }
    }

    private mutating func begin(_ type: Oid, bytes: Int) {
        if isArray {
            precondition(type == elementType, "a value is of its column's kind")
            append(Int32(bytes))
        } else {
            elementType = type
            reserve(max(bytes, 1) + count)
        }
        elements += 1
    }

    private mutating func append<Number: FixedWidthInteger>(_ number: Number) {
        let size = MemoryLayout<Number>.size
        let place = grow(by: size)
        place.storeBytes(of: number.bigEndian, as: Number.self)
    }

    private mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress, bytes.count > 0 else { return }
        grow(by: bytes.count).copyMemory(from: base, byteCount: bytes.count)
    }

    private mutating func grow(by size: Int) -> UnsafeMutableRawPointer {
        let old = count
        if count + size > capacity { enlarge(to: count + size) }
        count += size
        guard let start else { preconditionFailure("enlarged just now") }
        return start + old
    }

    private mutating func reserve(_ size: Int) {
        if size > capacity { enlarge(to: size) }
        if isArray { count = max(count, Self.headerBytes) }
    }

    private mutating func enlarge(to size: Int) {
        let larger = max(size, capacity * 2, 64)
        let memory = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 8)
        if let start {
            memory.copyMemory(from: start, byteCount: count)
            start.deallocate()
        }
        start = memory
        capacity = larger
    }

    // MARK: Handing over

    var singleInteger: Int64? {
        guard let start, !isArray, !hasNull, elementType == PostgresType.integer, count == 8 else { return nil }
        return Int64(bigEndian: start.loadUnaligned(as: Int64.self))
    }

    /// The finished parameter; nil for one value that is null.
    var sealed: UnsafePointer<CChar>? {
        guard let start else { return nil }
        if isArray {
            let header: [Int32] = [1, hasNull ? 1 : 0, Int32(bitPattern: elementType), elements, 1]
            for (index, word) in header.enumerated() {
                start.storeBytes(of: word.bigEndian, toByteOffset: index * 4, as: Int32.self)
            }
        } else if hasNull {
            return nil
        }
        return UnsafePointer(start.assumingMemoryBound(to: CChar.self))
    }

    /// Dimensions, whether there are nulls, the elements' type, their number, the lower bound.
    private static let headerBytes = 20
}

/// The numbers by which PostgreSQL knows the few types rows are made of.
enum PostgresType {
    static let unknown: Oid = 0
    static let boolean: Oid = 16
    static let bytes: Oid = 17
    static let integer: Oid = 20
    static let smallInteger: Oid = 21
    static let middleInteger: Oid = 23
    static let text: Oid = 25

    static func of(_ kind: Column.Kind) -> Oid {
        switch kind {
        case .integer: integer
        case .text: text
        case .bytes: bytes
        }
    }

    static func array(of element: Oid) -> Oid {
        switch element {
        case bytes: 1001
        case integer: 1016
        case text: 1009
        default: unknown
        }
    }
}
