/// Looks a code up in the ISO 4217 tables.
///
/// Every three-letter code has one byte in a table made at first use, so that a look-up is an index and not a hash:
/// it happens for each line of a statement file and each request.
package enum ISO4217 {
    /// What the standard says of one code.
    package struct Entry: Equatable, Sendable {
        package let isWithdrawn: Bool
        /// Nil where the standard (or, for withdrawn codes, our table) names no minor unit.
        package let exponent: Int?
    }

    /// Nil for a code the standard has never given to anything.
    package static func entry(for code: CurrencyCode) -> Entry? {
        guard let index = code.threeLetterIndex else { return nil }
        let mark = marks[index]
        guard mark != 0 else { return nil }
        let exponent = Int(mark & Mark.exponent)
        return Entry(
            isWithdrawn: mark & Mark.withdrawn != 0,
            exponent: exponent == Mark.exponent ? nil : exponent)
    }

    /// When each withdrawn code was withdrawn, as published: a month, or the span where the month is not known.
    package static let withdrawalMonths: [CurrencyCode: String] = {
        var months: [CurrencyCode: String] = [:]
        for row in ISO4217Table.withdrawn {
            for (code, month) in row.entries { months[code] = month }
        }
        return months
    }()

    /// Every code in use, sorted.
    package static let currentCodes: [CurrencyCode] = ISO4217Table.current.flatMap(\.entries).map(\.code).sorted()

    private enum Mark {
        static let known: UInt8 = 0b1000_0000
        static let withdrawn: UInt8 = 0b0100_0000
        /// The low four bits hold the exponent; all of them set mean that there is none.
        static let exponent: UInt8 = 0b0000_1111
    }

    private static let marks: [UInt8] = {
        var marks = [UInt8](repeating: 0, count: 26 * 26 * 26)
        let tables = [(ISO4217Table.current, Mark.known), (ISO4217Table.withdrawn, Mark.known | Mark.withdrawn)]
        for (rows, standing) in tables {
            for row in rows {
                let exponent = row.exponent.map { UInt8($0) } ?? Mark.exponent
                for (code, _) in row.entries {
                    guard let index = code.threeLetterIndex else { preconditionFailure("not a code: \(code)") }
                    marks[index] = standing | exponent
                }
            }
        }
        return marks
    }()
}
