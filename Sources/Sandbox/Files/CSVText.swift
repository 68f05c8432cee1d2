/// A CSV file under construction, as RFC 4180 has it: CRLF after every record.
struct CSVText {
    private(set) var text = ""
    private let columnCount: Int

    init(heading columns: [String]) {
        columnCount = columns.count
        append(columns)
    }

    /// Nothing the sandbox writes needs quotes: its own words, digits, and references of a closed alphabet.
    mutating func append(_ fields: [String]) {
        precondition(fields.count == columnCount, "every record has every column")
        text += fields.joined(separator: ",") + "\r\n"
    }
}
