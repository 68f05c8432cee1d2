import Ledger
import Money

/// The sandbox's bank file, as `docs/sandbox.md` describes it: a header, opening balances, lines, closing balances, a trailer.
package struct SandboxBankFormat: StatementFormat {
    package let name = "sandbox_bank"

    package init() {}

    package func recognises(_ beginning: ArraySlice<UInt8>) -> Bool {
        begins(beginning, with: "record,booking_date,")
    }

    package func read(_ bytes: [UInt8]) throws(StatementRejection) -> StatementContent {
        var table = try CSVTable(bytes, columns: Self.columns)
        guard let first = try table.next() else { throw StatementRejection(line: nil, .torn) }
        var file = try SandboxBankParts(header: first)
        while let fields = try table.next() { try file.take(fields) }
        return .bank(try file.content())
    }

    static let columns = [
        "record", "booking_date", "value_date", "amount", "currency", "remittance", "bank_reference",
    ]
}

/// The file as far as it has been read.
private struct SandboxBankParts {
    private let reference: StatementReference
    private let date: BookingDate
    private var opening: [Currency: Amount] = [:]
    private var lines: [BankLine] = []
    private var tally = BankTally()
    private var part = Part.opening
    private var lastLine = 0

    /// The parts of the file in their order.
    private enum Part: Int, Comparable {
        case opening, lines, closing, complete

        static func < (left: Part, right: Part) -> Bool { left.rawValue < right.rawValue }
    }

    init(header fields: StatementFields) throws(StatementRejection) {
        guard try fields.text("record") == "header" else { throw fields.rejection(.outOfOrder(record: "header")) }
        reference = try fields.reference("bank_reference")
        date = try fields.day("booking_date")
        try fields.requireEmpty(["value_date", "amount", "currency", "remittance"])
    }

    mutating func take(_ fields: StatementFields) throws(StatementRejection) {
        lastLine = fields.line
        switch try fields.text("record") {
        case "opening": try takeOpening(fields)
        case "line": try takeLine(fields)
        case "closing": try takeClosing(fields)
        case "trailer": try takeTrailer(fields)
        case "header": throw fields.rejection(.outOfOrder(record: "header"))
        default: throw fields.rejection(.malformedValue("record"))
        }
    }

    // MARK: Records

    private mutating func takeOpening(_ fields: StatementFields) throws(StatementRejection) {
        try enter(.opening, with: fields)
        let balance = try balance(fields)
        guard opening.updateValue(balance, forKey: balance.currency) == nil else {
            throw fields.rejection(.repeatedTotal(balance.currency.code.description))
        }
    }

    private mutating func takeLine(_ fields: StatementFields) throws(StatementRejection) {
        try enter(.lines, with: fields)
        let currency = try fields.currency("currency")
        let line = BankLine(
            number: Int64(lines.count) + 1, bookingDate: try fields.day("booking_date"),
            valueDate: try fields.day("value_date"), amount: try fields.amount("amount", in: currency),
            remittance: try fields.optionalReference("remittance"),
            bankReference: try fields.reference("bank_reference"))
        guard !line.amount.isZero else { throw fields.rejection(.malformedValue("amount")) }
        tally.add(line)
        lines.append(line)
    }

    private mutating func takeClosing(_ fields: StatementFields) throws(StatementRejection) {
        try enter(.closing, with: fields)
        let closing = try balance(fields)
        guard let opened = opening.removeValue(forKey: closing.currency) else {
            throw fields.rejection(.missingTotal(closing.currency.code.description))
        }
        do { try tally.close(opening: opened, closing: closing) } catch { throw error.on(fields.line) }
    }

    private mutating func takeTrailer(_ fields: StatementFields) throws(StatementRejection) {
        try enter(.complete, with: fields)
        let count = try fields.count("amount")
        try fields.requireEmpty(["booking_date", "value_date", "currency", "remittance", "bank_reference"])
        guard count == Int64(lines.count) else {
            throw fields.rejection(.countDiffers("trailer", stated: count, counted: Int64(lines.count)))
        }
        if let open = opening.keys.min() { throw fields.rejection(.missingTotal(open.code.description)) }
    }

    private mutating func enter(_ next: Part, with fields: StatementFields) throws(StatementRejection) {
        guard part <= next, part != .complete else {
            throw fields.rejection(.outOfOrder(record: try fields.text("record")))
        }
        part = next
    }

    private func balance(_ fields: StatementFields) throws(StatementRejection) -> Amount {
        guard try fields.day("booking_date") == date else { throw fields.rejection(.malformedValue("booking_date")) }
        try fields.requireEmpty(["value_date", "remittance", "bank_reference"])
        return try fields.amount("amount", in: try fields.currency("currency"))
    }

    // MARK: The whole

    func content() throws(StatementRejection) -> BankContent {
        guard part == .complete else { throw StatementRejection(line: lastLine == 0 ? nil : lastLine, .torn) }
        do {
            return BankContent(reference: reference, date: date, lines: lines, balances: try tally.totals())
        } catch {
            throw error.on(lastLine)
        }
    }
}
