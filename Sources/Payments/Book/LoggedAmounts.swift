import EventLog
import JSON
import Money

/// A list of amounts of different currencies as events hold it.
enum LoggedAmounts {
    static let fields = [
        EventField("currency", .text, "the currency's code"),
        EventField("exponent", .integer, "digits after the point: what the minor unit is"),
        EventField("amount", .integer, "in minor units"),
    ]

    static func write(_ amounts: [Amount], _ name: StaticString, to data: inout JSONWriter) {
        guard !amounts.isEmpty else { return }
        data.beginArray(name)
        for amount in amounts {
            data.beginObject()
            data.field("currency", amount.currency.description)
            data.field("exponent", amount.currency.exponent)
            data.field("amount", amount.minorUnits)
            data.endObject()
        }
        data.endArray()
    }

    static func read(_ name: String, from data: inout JSONFields) throws -> [Amount] {
        let elements = try data.optionalArray(name, maxCount: .max) ?? []
        return try elements.enumerated().map { place, element in
            var fields = try JSONFields(element, at: data.path.member(name).element(place))
            guard let amount = try fields.optionalLoggedAmount() else { throw data.malformed(name) }
            try fields.finish()
            return amount
        }
    }
}
