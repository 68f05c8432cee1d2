import Ledger
import Money

/// ISO 20022 camt.053, the statement banks send, in the versions 2 to 13: one account in each currency, booked entries only.
///
/// Nothing of it is kept but amounts, days and names that are references. What the bank writes in words may hold people's
/// names and is left in the file.
package struct Camt053Format: StatementFormat {
    package let name = "camt_053"

    package init() {}

    package func recognises(_ beginning: ArraySlice<UInt8>) -> Bool {
        String(decoding: beginning, as: UTF8.self).contains("urn:iso:std:iso:20022:tech:xsd:camt.053.001.")
    }

    package func read(_ bytes: [UInt8]) throws(StatementRejection) -> StatementContent {
        var reader = XMLReader(bytes)
        var file = Camt053Parts()
        while let event = try reader.next() {
            guard case .start(let tag) = event else { continue }
            switch tag.name {
            case "Stmt": file.beginStatement()
            case "Id" where file.isBeforeContent: file.takeName(try XMLElement(tag, from: &reader))
            case "Acct", "RltdAcct", "TxsSummry", "GrpHdr": _ = try XMLElement(tag, from: &reader)
            case "Bal": try file.takeBalance(try XMLElement(tag, from: &reader))
            case "Ntry": try file.takeEntry(try XMLElement(tag, from: &reader))
            default: break
            }
        }
        return .bank(try file.content())
    }
}

/// The file as far as it has been read.
private struct Camt053Parts {
    private var reference: StatementReference?
    private var lines: [BankLine] = []
    private var opening: [Currency: Amount] = [:]
    private var closing: [Currency: (amount: Amount, line: Int)] = [:]
    private var closingOrder: [Currency] = []
    private var date: BookingDate?
    /// Between the start of a statement and the first thing in it but its name.
    private(set) var isBeforeContent = false
    private var statementCount = 0

    mutating func beginStatement() {
        statementCount += 1
        isBeforeContent = true
    }

    /// The bank's name for the statement. A file of several has none of its own.
    mutating func takeName(_ element: XMLElement) {
        reference = statementCount == 1 ? StatementReference(element.text) : nil
        isBeforeContent = false
    }

    mutating func takeBalance(_ element: XMLElement) throws(StatementRejection) {
        isBeforeContent = false
        guard let type = element.first("Tp", "CdOrPrtry", "Cd")?.text else { return }
        switch type {
        case "OPBD":
            let amount = try CamtAmount.signed(element)
            guard opening.updateValue(amount, forKey: amount.currency) == nil else {
                throw element.rejection(.repeatedTotal(amount.currency.code.description))
            }
        case "CLBD":
            let amount = try CamtAmount.signed(element)
            guard closing.updateValue((amount, element.line), forKey: amount.currency) == nil else {
                throw element.rejection(.repeatedTotal(amount.currency.code.description))
            }
            closingOrder.append(amount.currency)
            let day = try Self.day(element, "Dt")
            date = date.map { max($0, day) } ?? day
        // What is available, expected or of an interval is not what the bank has booked.
        default: break
        }
    }

    mutating func takeEntry(_ entry: XMLElement) throws(StatementRejection) {
        isBeforeContent = false
        let status = entry.first("Sts", "Cd")?.text ?? entry.first("Sts")?.text
        guard status == "BOOK" else { return }
        let booked = try Self.day(entry, "BookgDt")
        let details = entry.all("NtryDtls").flatMap { $0.all("TxDtls") }
        lines.append(
            BankLine(
                number: Int64(lines.count) + 1, kind: Self.isFee(entry) ? .fee : .transfer, bookingDate: booked,
                valueDate: entry.first("ValDt") == nil ? booked : try Self.day(entry, "ValDt"),
                amount: try CamtAmount.signed(entry),
                // An entry of several transfers brings no one remittance.
                remittance: details.count == 1 ? Self.remittance(details[0]) : nil,
                bankReference: entry.first("AcctSvcrRef").flatMap { StatementReference($0.text) }))
    }

    func content() throws(StatementRejection) -> BankContent {
        guard let date else { throw StatementRejection(line: nil, .missingTotal("CLBD")) }
        var tally = BankTally()
        for line in lines { tally.add(line) }
        for currency in closingOrder {
            guard let closed = closing[currency] else { continue }
            guard let opened = opening[currency] else {
                throw StatementFault.missingTotal(currency.code.description).on(closed.line)
            }
            do { try tally.close(opening: opened, closing: closed.amount) } catch { throw error.on(closed.line) }
        }
        do {
            return BankContent(reference: reference, date: date, lines: lines, balances: try tally.totals())
        } catch {
            throw error.on(nil)
        }
    }

    // MARK: Parts of an entry

    private static func remittance(_ details: XMLElement) -> StatementReference? {
        guard let text = details.first("Refs", "EndToEndId")?.text, text != "NOTPROVIDED" else { return nil }
        return StatementReference(text)
    }

    /// Charges by the bank's transaction code: the sub-family of charges in any domain.
    private static func isFee(_ entry: XMLElement) -> Bool {
        let code = entry.first("BkTxCd", "Domn", "Fmly", "SubFmlyCd")?.text
        return code == "CHRG" || code == "FEES"
    }

    /// A day, given as one or as a moment whose day is the bank's.
    private static func day(_ element: XMLElement, _ name: String) throws(StatementRejection) -> BookingDate {
        guard let text = element.first(name, "Dt")?.text ?? element.first(name, "DtTm")?.text else {
            throw element.rejection(.missingValue(name))
        }
        guard let day = BookingDate(text: String(text.prefix(10))) else {
            throw element.rejection(.malformedValue(name))
        }
        return day
    }
}

private enum CamtAmount {
    /// The amount of an entry or balance, negative where it is a debit.
    static func signed(_ element: XMLElement) throws(StatementRejection) -> Amount {
        guard let amount = element.first("Amt"), let code = amount.tag.attributes["Ccy"] else {
            throw element.rejection(.missingValue("Amt"))
        }
        let currency: Currency
        do { currency = try Currency(code) } catch { throw amount.rejection(.unusableCurrency("Amt", error)) }
        let magnitude: Amount
        do { magnitude = try Amount(decimal: amount.text, in: currency, sign: .none) } catch {
            throw amount.rejection(.malformedAmount("Amt", error))
        }
        switch element.first("CdtDbtInd")?.text {
        case "CRDT": return magnitude
        case "DBIT": do { return try magnitude.negated() } catch { throw amount.rejection(.sumOutOfRange("Amt")) }
        default: throw element.rejection(.malformedValue("CdtDbtInd"))
        }
    }
}
