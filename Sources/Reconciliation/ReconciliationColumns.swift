import EventLog
import Ledger
import Money
import Payments
import Storage

/// Values of this module as columns.
extension ColumnWriter {
    /// Four columns: amount and fee in minor units, the currency's code, its exponent; all null without a figure.
    mutating func figure(_ figure: Figure?) {
        integer(figure?.amount.minorUnits)
        integer(figure?.fee?.minorUnits)
        text(figure?.currency.code.description)
        integer(figure.map { Int64($0.currency.exponent) })
    }

    /// Two columns, both null without a movement.
    mutating func movement(_ movement: MovementKey?) {
        text(movement?.kind.rawValue)
        integer(movement?.subject)
    }

    mutating func reference(_ reference: StatementReference?) {
        text(reference?.text)
    }
}

extension ColumnReader {
    mutating func optionalFigure(_ name: String) throws -> Figure? {
        let minorUnits = optionalInteger()
        let fee = optionalInteger()
        let code = optionalText()
        let exponent = optionalInteger()
        guard let minorUnits, let code, let exponent else { return nil }
        let currency = try Self.currency(name, code, exponent)
        return Figure(
            amount: Amount(minorUnits: minorUnits, currency: currency),
            fee: fee.map { Amount(minorUnits: $0, currency: currency) })
    }

    mutating func optionalReference(_ name: String) throws -> StatementReference? {
        try optionalParsed(name) { AllowedText($0) }.map { StatementReference(recorded: $0) }
    }

    /// Two columns, both null without a movement.
    mutating func optionalMovement(_ name: String) throws -> MovementKey? {
        let kind = try optionalParsed(name, MovementKind.init(rawValue:))
        let subject = optionalInteger()
        return kind.flatMap { kind in subject.map { MovementKey(kind, $0) } }
    }

    mutating func segment(_ name: String) throws -> PathSegment {
        try parsed(name) { PathSegment($0) }
    }

    private static func currency(_ name: String, _ code: String, _ exponent: Int64) throws -> Currency {
        guard let currency = Currency(recorded: code, exponent: Int(exponent)) else {
            throw UnreadableColumn(name: name, text: "\(code)/\(exponent)")
        }
        return currency
    }
}

extension ColumnReader {
    /// Refuses a row in which the difference of two amounts does not fit: in one that we wrote it does, and whoever has the row
    /// takes that for granted.
    func demandDifference(of amount: Amount, and part: Amount, _ name: String) throws {
        do { _ = try amount.subtracting(part) } catch {
            throw UnreadableColumn(name: name, text: "\(part.minorUnits)")
        }
    }
}
