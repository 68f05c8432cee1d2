import EventLog
import JSON
import Ledger
import Money
import Payments
import Storage

/// What the examples on the events' page tell of: a provider's file in which an order of 19.99 EUR came to one cent less.
enum ReconciliationExample {
    private static let base: Int64 = 3_637_000_000_000_000_000

    static let statementID = StatementID(rawValue: base + 21)
    static let breakID = BreakID(rawValue: base + 24)
    static let adjustmentID = AdjustmentID(rawValue: base + 26)
    static let lineID = StatementLineID(rawValue: base + 23)
    static let remittanceID = RemittanceID(rawValue: base + 22)
    private static let payment = PaymentID(rawValue: base + 1)

    static let statementReceived = StatementReceived(
        Statement(
            id: statementID, source: .provider(segment("sandbox")), format: "sandbox_settlement",
            hash: [UInt8](repeating: 7, count: 32), reference: StatementReference("stl_20260331"), date: day,
            coversUntil: moment, lineCount: 1, receivedAt: Instant(microseconds: 0)),
        remittances: [
            TotalledRemittance(
                id: remittanceID, bank: segment("main"), dueDate: day.adding(days: 3) ?? day,
                totals: RemittanceTotals(
                    reference: reference("rem_20260331_EUR"), lineCount: 1, gross: euros(1_998), fee: euros(53),
                    net: euros(1_945)))
        ])

    static let lineBooked = LineBooked(
        StatementLine(
            id: lineID, statement: statementID, number: 1, kind: .movement(.charge),
            providerReference: reference("cap_19"), providerPayment: reference("auth_17"),
            reference: reference(ProviderCommandID(rawValue: payment.rawValue).description), unknownRemittance: nil,
            bankReference: nil, holdsCardNumber: false, occurredAt: moment, bookingDate: day, valueDate: day,
            amount: euros(1_998), fee: euros(53), remittance: remittanceID, payment: payment,
            breakClass: .amountDiffers),
        ledger: ledger(
            """
            {"id":"ltx_34y9r7bw1h00r","phase":"posted","reason":"settlement","booked":"2026-03-31",
            "postings":[{"account":"provider:sandbox:in_transit:EUR","debit":1945,"item":"rem_34y9r7bw1h00p"},
            {"account":"fees:provider:sandbox:EUR","debit":53},
            {"account":"provider:sandbox:receivable:EUR","credit":1998,"item":"pay_34y9r7bw1h001"}]}
            """))

    static let breakOpened = BreakOpened(
        id: breakID,
        facts: BreakFacts(
            .amountDiffers, source: .provider(segment("sandbox")), statement: statementID, line: lineID,
            movement: MovementKey(.charge, PaymentOperationID(rawValue: base + 4)), payment: payment,
            providerReference: reference("cap_19"), remittance: remittanceID,
            expected: Figure(amount: euros(1_999), fee: euros(53)),
            found: Figure(amount: euros(1_998), fee: euros(53)), difference: euros(1), dueDate: day),
        workItems: WorkItemMembers(opened: [
            OpenedWorkItem(
                WorkItem(
                    WorkItemDraft(.break, of: breakID, amount: euros(1), nextAction: .proposeAdjustment),
                    id: WorkItemID(rawValue: base + 25), openedAt: moment))
        ]))

    static let adjustmentProposed = AdjustmentProposed(
        Adjustment(
            id: adjustmentID, of: breakID, kind: .rounding, amount: euros(1), target: nil,
            proposedBy: "principal:anna/key_34y9r7bw1h00a", proposedAt: moment))

    static let adjustmentApproved = AdjustmentApproved(
        id: adjustmentID,
        ledger: ledger(
            """
            {"id":"ltx_34y9r7bw1h00v","phase":"posted","reason":"rounding","booked":"2026-03-31",
            "postings":[{"account":"rounding:EUR","debit":1},
            {"account":"provider:sandbox:receivable:EUR","credit":1,"item":"pay_34y9r7bw1h001"}]}
            """))
}

// MARK: Parts

extension ReconciliationExample {
    private static let moment = Instant(microseconds: 1_774_945_363_000_000)
    private static let day = BookingDate(of: moment)

    static func segment(_ text: String) -> PathSegment {
        guard let segment = PathSegment(text) else { preconditionFailure("\(text) is a segment") }
        return segment
    }

    private static func reference(_ text: String) -> StatementReference {
        guard let reference = StatementReference(text) else { preconditionFailure("\(text) is a reference") }
        return reference
    }

    private static func euros(_ minorUnits: Int64) -> Amount { Amount(minorUnits: minorUnits, currency: .eur) }

    /// Ledger members as their own text says them: only the ledger makes them of rows.
    private static func ledger(_ transaction: String) -> LedgerMembers {
        do {
            var fields = try JSONFields(JSONValue(parsing: Array(#"{"ledger":[\#(transaction)]}"#.utf8)))
            return try LedgerMembers(from: &fields)
        } catch {
            preconditionFailure("the example is as published: \(error)")
        }
    }
}
