import Ledger
import Money
import Payments
import Storage

/// Lines as the files have them, made into rows.
extension StatementLine {
    /// A line of a provider's file.
    init(
        _ line: SettlementLine, id: StatementLineID, of statement: StatementID, in remittance: RemittanceID,
        about payment: PaymentID?, _ breakClass: BreakClass?
    ) {
        self.init(
            id: id, statement: statement, number: line.number, kind: .movement(line.kind),
            providerReference: line.providerReference, providerPayment: line.providerPayment,
            reference: line.reference, unknownRemittance: nil, bankReference: nil,
            holdsCardNumber: line.holdsCardNumber, occurredAt: line.occurredAt, bookingDate: line.date,
            valueDate: line.date, amount: line.gross, fee: line.fee, remittance: remittance, payment: payment,
            breakClass: breakClass)
    }

    /// A line of a bank's file, or what stood on the account before its first.
    init(
        _ line: BankLine, id: StatementLineID, of statement: StatementID, isOpening: Bool,
        bringing remittance: RemittanceID?, _ breakClass: BreakClass?
    ) {
        self.init(
            id: id, statement: statement, number: line.number, kind: isOpening ? .opening : .bank(line.kind),
            providerReference: nil, providerPayment: nil, reference: nil,
            unknownRemittance: remittance == nil ? line.remittance : nil, bankReference: line.bankReference,
            holdsCardNumber: line.holdsCardNumber, occurredAt: nil, bookingDate: line.bookingDate,
            valueDate: line.valueDate, amount: line.amount, fee: .zero(line.currency), remittance: remittance,
            payment: nil, breakClass: breakClass)
    }

    /// The provider's line as it was read, so that it can be matched again when more is known. Nil for a bank's line.
    func settlementLine(of remittance: Remittance) -> SettlementLine? {
        guard case .movement(let kind) = kind, let providerReference else { return nil }
        return try? SettlementLine(
            number: number, kind: kind, providerReference: providerReference, providerPayment: providerPayment,
            reference: reference, occurredAt: occurredAt, date: bookingDate, gross: amount, net: net,
            remittance: remittance.reference)
    }
}
