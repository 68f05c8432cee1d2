import Ledger
import Money
import Payments
import Storage

@testable import Reconciliation

/// Movements as tests write them.
extension ExpectedMovement {
    static let morning = Instant(microseconds: 1_774_944_000_000_000)

    /// A charge of this name.
    static func make(
        _ name: String?, _ gross: Amount, number: Int64 = 1, ours: String? = nil, fee: Amount? = nil,
        at occurredAt: Instant = ExpectedMovement.morning
    ) -> ExpectedMovement {
        make(.charge, name, gross, number: number, ours: ours, fee: fee, at: occurredAt)
    }

    static func make(
        _ kind: MovementKind, _ name: String?, _ gross: Amount, number: Int64 = 1, ours: String? = nil,
        fee: Amount? = nil, feeBooked: Amount? = nil, at occurredAt: Instant = ExpectedMovement.morning
    ) -> ExpectedMovement {
        guard let account = PathSegment("sandbox") else { preconditionFailure("a segment") }
        return ExpectedMovement(
            key: MovementKey(kind, number), providerAccount: account, payment: PaymentID(rawValue: number),
            providerReference: name.flatMap { StatementReference($0) },
            reference: ours.flatMap { StatementReference($0) }, gross: gross, fee: fee, feeBooked: feeBooked,
            occurredAt: occurredAt)
    }
}

extension SettlementLine {
    /// A charge of this name.
    static func make(
        _ name: String, _ gross: Amount, fee: Amount? = nil, ours: String? = nil, statedFee: Amount? = nil
    ) throws -> SettlementLine {
        try make(.charge, name, gross, fee: fee, ours: ours, statedFee: statedFee)
    }

    static func make(
        _ kind: MovementKind, _ name: String, _ gross: Amount, fee: Amount? = nil, ours: String? = nil,
        number: Int64 = 1, statedFee: Amount? = nil
    ) throws -> SettlementLine {
        guard let name = StatementReference(name), let remittance = StatementReference("rem_1"),
            let date = BookingDate(year: 2026, month: 3, day: 31)
        else { preconditionFailure("names and days of a test are such") }
        return try SettlementLine(
            number: number, kind: kind, providerReference: name, providerPayment: nil,
            reference: ours.flatMap { StatementReference($0) }, occurredAt: nil, date: date, gross: gross,
            net: try gross.subtracting(fee ?? .zero(gross.currency)), statedFee: statedFee, remittance: remittance)
    }
}
