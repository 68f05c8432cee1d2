import Payments

/// A CSV file whose first record names its columns: each of those the format has, once, in any order, and no other.
struct CSVTable {
    private var reader: CSVReader
    private let columnCount: Int
    private let places: [String: Int]

    /// - Throws: The first column that is unknown or repeated, then the first that is missing.
    init(_ bytes: [UInt8], columns: [String]) throws(StatementRejection) {
        reader = CSVReader(bytes)
        guard let heading = try reader.next() else { throw StatementRejection(line: nil, .malformedText(.empty)) }
        var places: [String: Int] = [:]
        for (place, name) in heading.fields.enumerated() {
            guard columns.contains(name) else { throw StatementRejection(line: 1, .unknownColumn(Self.shown(name))) }
            guard places.updateValue(place, forKey: name) == nil else {
                throw StatementRejection(line: 1, .repeatedColumn(name))
            }
        }
        for name in columns where places[name] == nil { throw StatementRejection(line: 1, .missingColumn(name)) }
        self.places = places
        columnCount = heading.fields.count
    }

    /// The next record; nil after the last.
    mutating func next() throws(StatementRejection) -> StatementFields? {
        guard let record = try reader.next() else { return nil }
        guard record.fields.count == columnCount else {
            throw StatementRejection(
                line: record.line, .fieldCount(expected: columnCount, found: record.fields.count))
        }
        return StatementFields(record, places: places)
    }

    /// What is told of a column nobody knows: it may be anything, so it is screened and cut short.
    private static func shown(_ name: String) -> String {
        String(CardNumberScreen.masked(name).text.prefix(64))
    }
}
