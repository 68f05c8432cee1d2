import Ledger
import Money
import Storage

/// The sandbox's daily settlement file, as `docs/sandbox.md` describes it: a header, the items numbered from 1, a total for
/// each remittance, and a trailer. Each part is checked against the others, for a line that is lost is money that is lost.
package struct SandboxSettlementFormat: StatementFormat {
    package let name = "sandbox_settlement"

    package init() {}

    package func recognises(_ beginning: ArraySlice<UInt8>) -> Bool {
        begins(beginning, with: "record,line,type,")
    }

    package func read(_ bytes: [UInt8]) throws(StatementRejection) -> StatementContent {
        var table = try CSVTable(bytes, columns: Self.columns)
        guard let first = try table.next() else { throw StatementRejection(line: nil, .torn) }
        var file = try SandboxSettlementParts(header: first)
        while let fields = try table.next() { try file.take(fields) }
        return .settlement(try file.content())
    }

    static let columns = [
        "record", "line", "type", "provider_reference", "provider_payment", "reference", "occurred_at",
        "settlement_date", "gross", "fee", "net", "currency", "remittance",
    ]
}

/// The file as far as it has been read.
private struct SandboxSettlementParts {
    private let reference: StatementReference
    private let date: BookingDate
    private let coversUntil: Instant?
    private var lines: [SettlementLine] = []
    private var tally = RemittanceTally()
    private var stated: [StatementReference: RemittanceTotals] = [:]
    private var lastLine = 0
    private var isComplete = false

    /// The header: the format's version, the file's name and day, and the moment the day was closed where it is told.
    init(header fields: StatementFields) throws(StatementRejection) {
        guard try fields.text("record") == "header" else { throw fields.rejection(.outOfOrder(record: "header")) }
        guard try fields.text("line") == "1" else { throw fields.rejection(.malformedValue("line")) }
        reference = try fields.reference("provider_reference")
        date = try fields.day("settlement_date")
        coversUntil = fields.optionalText("occurred_at") == nil ? nil : try fields.instant("occurred_at")
        try fields.requireEmpty([
            "type", "provider_payment", "reference", "gross", "fee", "net", "currency", "remittance",
        ])
    }

    mutating func take(_ fields: StatementFields) throws(StatementRejection) {
        let record = try fields.text("record")
        lastLine = fields.line
        guard !isComplete else { throw fields.rejection(.outOfOrder(record: record)) }
        switch record {
        case "item" where stated.isEmpty: try takeItem(fields)
        case "remittance": try takeRemittance(fields)
        case "trailer": try takeTrailer(fields)
        case "item", "header": throw fields.rejection(.outOfOrder(record: record))
        default: throw fields.rejection(.malformedValue("record"))
        }
    }

    // MARK: Records

    private mutating func takeItem(_ fields: StatementFields) throws(StatementRejection) {
        let number = try fields.count("line")
        guard number == Int64(lines.count) + 1 else {
            throw fields.rejection(.misnumbered(expected: Int64(lines.count) + 1))
        }
        guard try fields.day("settlement_date") == date else {
            throw fields.rejection(.malformedValue("settlement_date"))
        }
        let line = try item(fields, number: number)
        do { try tally.add(line) } catch { throw error.on(fields.line) }
        lines.append(line)
    }

    private func item(_ fields: StatementFields, number: Int64) throws(StatementRejection) -> SettlementLine {
        let currency = try fields.currency("currency")
        let stated = try fields.amount("fee", in: currency)
        let line: SettlementLine
        do {
            line = try SettlementLine(
                number: number, kind: try fields.parsed("type", Self.kind),
                providerReference: try fields.reference("provider_reference"),
                providerPayment: try fields.reference("provider_payment"),
                reference: try fields.optionalReference("reference"), occurredAt: try fields.instant("occurred_at"),
                date: date, gross: try fields.amount("gross", in: currency),
                net: try fields.amount("net", in: currency), statedFee: stated,
                remittance: try fields.reference("remittance"))
        } catch let rejection as StatementRejection {
            throw rejection
        } catch {
            throw fields.rejection(.netDiffers)
        }
        guard line.statedFee == nil else { throw fields.rejection(.netDiffers) }
        return line
    }

    private mutating func takeRemittance(_ fields: StatementFields) throws(StatementRejection) {
        let currency = try fields.currency("currency")
        let totals = RemittanceTotals(
            reference: try fields.reference("remittance"), lineCount: try fields.count("line"),
            gross: try fields.amount("gross", in: currency), fee: try fields.amount("fee", in: currency),
            net: try fields.amount("net", in: currency))
        try fields.requireEmpty(["type", "provider_reference", "provider_payment", "reference", "occurred_at"])
        guard stated.updateValue(totals, forKey: totals.reference) == nil else {
            throw fields.rejection(.repeatedTotal(totals.reference.text))
        }
        let summed: [RemittanceTotals]
        do { summed = try tally.totals() } catch { throw error.on(fields.line) }
        guard let counted = summed.first(where: { $0.reference == totals.reference }) else {
            throw fields.rejection(.countDiffers(totals.reference.text, stated: totals.lineCount, counted: 0))
        }
        if let fault = totals.firstDifference(from: counted) { throw fields.rejection(fault) }
    }

    private mutating func takeTrailer(_ fields: StatementFields) throws(StatementRejection) {
        let count = try fields.count("line")
        try fields.requireEmpty(SandboxSettlementFormat.columns.filter { $0 != "record" && $0 != "line" })
        guard count == Int64(lines.count) else {
            throw fields.rejection(.countDiffers("trailer", stated: count, counted: Int64(lines.count)))
        }
        isComplete = true
    }

    // MARK: The whole

    func content() throws(StatementRejection) -> SettlementContent {
        guard isComplete else { throw StatementRejection(line: lastLine == 0 ? nil : lastLine, .torn) }
        let remittances: [RemittanceTotals]
        do { remittances = try tally.totals() } catch { throw error.on(nil) }
        for remittance in remittances where stated[remittance.reference] == nil {
            throw StatementRejection(line: lastLine, .missingTotal(remittance.reference.text))
        }
        return SettlementContent(
            reference: reference, date: date, coversUntil: coversUntil, lines: lines, remittances: remittances)
    }

    private static func kind(_ type: String) -> MovementKind? {
        switch type {
        case "charge": .charge
        case "refund": .refund
        case "refund_reversal": .refundReversal
        case "chargeback": .chargeback
        case "chargeback_reversal": .chargebackReversal
        case "fee": .disputeFee
        default: nil
        }
    }
}

extension RemittanceTotals {
    /// The first of the stated figures that is not what the lines add up to.
    func firstDifference(from counted: RemittanceTotals) -> StatementFault? {
        let name = reference.text
        guard currency == counted.currency else {
            return .currencyOf(name, expected: counted.currency, found: currency)
        }
        guard lineCount == counted.lineCount else {
            return .countDiffers(name, stated: lineCount, counted: counted.lineCount)
        }
        let pairs = [(gross, counted.gross), (fee, counted.fee), (net, counted.net)]
        return pairs.first { $0 != $1 }.map { .sumDiffers(name, stated: $0, summed: $1) }
    }
}
