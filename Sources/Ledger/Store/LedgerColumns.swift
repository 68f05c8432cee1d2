import Money
import Storage

/// The ledger's values as columns: how money, days and closed lists stand in every table that holds them.
extension ColumnWriter {
    /// Two columns: the code for people, and the exponent that makes the number beside it an amount.
    package mutating func currency(_ currency: Currency) {
        text(currency.code.description)
        integer(Int64(currency.exponent))
    }

    package mutating func date(_ date: BookingDate) {
        integer(Int64(date.dayNumber))
    }

    package mutating func date(_ date: BookingDate?) {
        integer(date.map { Int64($0.dayNumber) })
    }

    /// Two columns, both null without an item.
    package mutating func item(_ item: OpenItem?) {
        integer(item?.kind.rawValue)
        integer(item?.rawValue)
    }
}

extension ColumnReader {
    package mutating func currency() throws -> Currency {
        let code = text()
        let exponent = integer()
        guard let currency = Currency(recorded: code, exponent: Int(exponent)) else {
            throw UnreadableColumn(name: "currency", text: "\(code)/\(exponent)")
        }
        return currency
    }

    package mutating func date(_ name: String) throws -> BookingDate {
        let number = integer()
        guard let date = BookingDate(dayNumber: number) else { throw UnreadableColumn(name: name, text: "\(number)") }
        return date
    }

    package mutating func optionalDate(_ name: String) throws -> BookingDate? {
        guard let number = optionalInteger() else { return nil }
        guard let date = BookingDate(dayNumber: number) else { throw UnreadableColumn(name: name, text: "\(number)") }
        return date
    }

    package mutating func item() throws -> OpenItem? {
        let kind = optionalInteger()
        let value = optionalInteger()
        guard let kind, let value else { return nil }
        guard let known = OpenItem.Kind(rawValue: kind) else {
            throw UnreadableColumn(name: "item_kind", text: "\(kind)")
        }
        return OpenItem(known, value)
    }

    /// A text that must parse.
    package mutating func parsed<T>(_ name: String, _ parse: (String) -> T?) throws -> T {
        let text = text()
        guard let value = parse(text) else { throw UnreadableColumn(name: name, text: text) }
        return value
    }

    package mutating func optionalParsed<T>(_ name: String, _ parse: (String) -> T?) throws -> T? {
        guard let text = optionalText() else { return nil }
        guard let value = parse(text) else { throw UnreadableColumn(name: name, text: text) }
        return value
    }

    /// One of a closed list of names.
    package mutating func named<T: RawRepresentable>(_ name: String) throws -> T where T.RawValue == String {
        try parsed(name, T.init(rawValue:))
    }
}

/// A column holds what its type cannot be: a row of a later version, or of another hand.
package struct UnreadableColumn: Error, CustomStringConvertible {
    package let name: String
    package let text: String

    package init(name: String, text: String) {
        self.name = name
        self.text = text
    }

    package var description: String { "\(name) is «\(text.prefix(64))»" }
}
