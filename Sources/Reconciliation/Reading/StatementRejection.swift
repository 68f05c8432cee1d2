import Money

/// Why a file was refused, whole: nothing of it is recorded. Never with a text of the file beside the names of its columns.
package struct StatementRejection: Error, Hashable {
    /// The line of the file, counted from 1; nil where the fault is nowhere in particular.
    package let line: Int?
    package let fault: StatementFault

    package init(line: Int?, _ fault: StatementFault) {
        self.line = line
        self.fault = fault
    }
}

/// What can be wrong with a file.
package enum StatementFault: Error, Hashable {
    /// No format we read begins like this.
    case unknownFormat
    /// It is not well formed, as CSV or XML.
    case malformedText(TextFault)

    // Columns
    case unknownColumn(String)
    case missingColumn(String)
    case repeatedColumn(String)
    case fieldCount(expected: Int, found: Int)

    // Fields
    case missingValue(String)
    /// A field that must be empty in this kind of record is not.
    case unexpectedValue(String)
    /// A day, moment, number or reference that is none, or a word the format does not have.
    case malformedValue(String)
    case malformedAmount(String, DecimalTextError)
    case unusableCurrency(String, CurrencyError)

    // What the file says of itself
    /// A record where another kind belongs: a second header, an item after the totals, anything after the trailer.
    case outOfOrder(record: String)
    /// It ends before it said that it does.
    case torn
    /// The items are not numbered 1, 2, 3 …
    case misnumbered(expected: Int64)
    /// Net is not gross less fee.
    case netDiffers
    /// A line of a remittance, or a balance, in another currency than the rest of it.
    case currencyOf(String, expected: Currency, found: Currency)
    /// A total is stated twice, or not at all.
    case repeatedTotal(String)
    case missingTotal(String)
    case countDiffers(String, stated: Int64, counted: Int64)
    case sumDiffers(String, stated: Amount, summed: Amount)
    /// A sum that does not fit 63 bits.
    case sumOutOfRange(String)
}

/// What keeps bytes from being CSV or XML.
package enum TextFault: Error, Hashable {
    case empty
    case notUTF8
    case controlCharacter
    case bareCarriageReturn
    /// Lines end now with CRLF, now with LF: two files glued together, or one that was edited.
    case mixedLineEndings
    case quoteInsideField
    case textAfterQuote
    case unterminatedQuote
    case fieldTooLong(max: Int)
    case notXML(String)
}
