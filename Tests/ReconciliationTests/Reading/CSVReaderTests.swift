import Testing

@testable import Reconciliation

@Suite("Reading CSV")
struct CSVReaderTests {
    private func records(_ text: String) throws -> [CSVRecord] {
        try records(Array(text.utf8))
    }

    private func records(_ bytes: [UInt8]) throws -> [CSVRecord] {
        var reader = CSVReader(bytes)
        var records: [CSVRecord] = []
        while let record = try reader.next() { records.append(record) }
        return records
    }

    @Test("gives fields and the line each record begins on", arguments: ["\r\n", "\n"])
    func plainRecords(ending: String) throws {
        let found = try records("a,b\(ending),\(ending)1,x y")
        #expect(
            found == [
                CSVRecord(line: 1, fields: ["a", "b"]), CSVRecord(line: 2, fields: ["", ""]),
                CSVRecord(line: 3, fields: ["1", "x y"]),
            ])
    }

    @Test("takes commas, quotes and line breaks inside quotes as text, and goes on counting lines")
    func quotedFields() throws {
        let found = try records("\"a,\"\"b\"\"\r\nc\",d\r\ne,\"\"\r\n")
        #expect(
            found == [CSVRecord(line: 1, fields: ["a,\"b\"\r\nc", "d"]), CSVRecord(line: 3, fields: ["e", ""])])
    }

    @Test("passes over a byte order mark, and gives nothing for no bytes")
    func beginning() throws {
        #expect(try records([0xEF, 0xBB, 0xBF] + Array("a".utf8)) == [CSVRecord(line: 1, fields: ["a"])])
        #expect(try records("").isEmpty)
    }

    @Test(
        "refuses what is almost CSV, and names the line",
        arguments: [
            ("a\nb\"c\n", 2, TextFault.quoteInsideField), ("a\n\"b\"c\n", 2, .textAfterQuote),
            ("a\n\"b\n", 2, .unterminatedQuote), ("a\rb\n", 1, .bareCarriageReturn),
            ("a\r\nb\nc\r\n", 2, .mixedLineEndings), ("a\nb\u{0}\n", 2, .controlCharacter),
        ])
    func refusals(text: String, line: Int, fault: TextFault) {
        #expect(throws: StatementRejection(line: line, .malformedText(fault))) { try records(text) }
    }

    @Test("refuses bytes that are no UTF-8")
    func notUTF8() {
        #expect(throws: StatementRejection(line: 1, .malformedText(.notUTF8))) { try records([0x61, 0xFF, 0x0A]) }
    }

    @Test("takes a field of the greatest length and refuses one byte more", arguments: ["", "\""])
    func fieldLength(quote: String) throws {
        let longest = String(repeating: "x", count: CSVReader.fieldBytesMax)
        #expect(try records(quote + longest + quote).first?.fields == [longest])
        let fault = StatementFault.malformedText(.fieldTooLong(max: CSVReader.fieldBytesMax))
        #expect(throws: StatementRejection(line: 1, fault)) { try records(quote + longest + "x" + quote) }
    }
}
