import Ledger
import Money
import Storage

/// The fields of one record by their columns' names, each read as what it must be. What is wrong is told with line and column.
struct StatementFields {
    let line: Int
    private let fields: [String]
    private let places: [String: Int]

    init(_ record: CSVRecord, places: [String: Int]) {
        line = record.line
        fields = record.fields
        self.places = places
    }

    func rejection(_ fault: StatementFault) -> StatementRejection {
        StatementRejection(line: line, fault)
    }

    // MARK: Texts

    /// The field, or nil where it is empty.
    func optionalText(_ column: String) -> String? {
        guard let place = places[column] else { preconditionFailure("\(column) is a column of the format") }
        return fields[place].isEmpty ? nil : fields[place]
    }

    func text(_ column: String) throws(StatementRejection) -> String {
        guard let text = optionalText(column) else { throw rejection(.missingValue(column)) }
        return text
    }

    func requireEmpty(_ columns: [String]) throws(StatementRejection) {
        for column in columns where optionalText(column) != nil { throw rejection(.unexpectedValue(column)) }
    }

    func parsed<Value>(_ column: String, _ parse: (String) -> Value?) throws(StatementRejection) -> Value {
        guard let value = parse(try text(column)) else { throw rejection(.malformedValue(column)) }
        return value
    }

    func reference(_ column: String) throws(StatementRejection) -> StatementReference {
        try parsed(column) { StatementReference($0) }
    }

    func optionalReference(_ column: String) throws(StatementRejection) -> StatementReference? {
        guard optionalText(column) != nil else { return nil }
        return try reference(column)
    }

    // MARK: Days and counts

    func day(_ column: String) throws(StatementRejection) -> BookingDate {
        try parsed(column, BookingDate.init(text:))
    }

    func instant(_ column: String) throws(StatementRejection) -> Instant {
        try parsed(column, Instant.init(text:))
    }

    /// A count, without sign or needless zeros.
    func count(_ column: String) throws(StatementRejection) -> Int64 {
        try parsed(column) { text in
            guard let count = Int64(text), String(count) == text, count >= 0 else { return nil }
            return count
        }
    }

    // MARK: Money

    /// The currency of a code in use today. Lower case is for the formats that write it so.
    func currency(_ column: String, lowercase: Bool = false) throws(StatementRejection) -> Currency {
        let text = try text(column)
        guard !lowercase || text == text.lowercased() else { throw rejection(.malformedValue(column)) }
        do { return try Currency(lowercase ? text.uppercased() : text) } catch {
            throw rejection(.unusableCurrency(column, error))
        }
    }

    /// An amount with all digits of its currency and no more, as the format's own writer writes them: `12.50`, `-0.05`, `1250`.
    func amount(_ column: String, in currency: Currency) throws(StatementRejection) -> Amount {
        let text = try text(column)
        let amount: Amount
        do { amount = try Amount(decimal: text, in: currency) } catch {
            throw rejection(.malformedAmount(column, error))
        }
        guard amount.decimal == text else { throw rejection(.malformedAmount(column, .malformed)) }
        return amount
    }

    /// As `amount`, and nil where the field is empty.
    func optionalAmount(_ column: String, in currency: Currency) throws(StatementRejection) -> Amount? {
        guard optionalText(column) != nil else { return nil }
        return try amount(column, in: currency)
    }
}
