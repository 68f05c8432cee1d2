import Ledger
import Money
import Storage

/// Adyen's settlement details report. Gross and net stand in a debit and a credit column of which one is filled; what Adyen
/// keeps is the difference, which the fee columns say again.
///
/// Read only where gross and net are in one currency and the clock is UTC: other files are refused at the line that is not.
package struct AdyenSettlementFormat: StatementFormat {
    package let name = "adyen_settlement"

    package init() {}

    package func recognises(_ beginning: ArraySlice<UInt8>) -> Bool {
        begins(beginning, with: "Company Account,Merchant Account,")
    }

    package func read(_ bytes: [UInt8]) throws(StatementRejection) -> StatementContent {
        var table = try CSVTable(bytes, columns: Self.columns)
        var items = UntotalledItems()
        while let fields = try table.next() { try items.add(try line(fields, number: items.nextNumber), fields) }
        return .settlement(try items.content())
    }

    private func line(_ fields: StatementFields, number: Int64) throws(StatementRejection) -> SettlementLine {
        let currency = try fields.currency("Net Currency")
        let grossCurrency = try fields.currency("Gross Currency")
        guard grossCurrency == currency else {
            throw fields.rejection(.currencyOf("Net Currency", expected: grossCurrency, found: currency))
        }
        guard try fields.text("TimeZone") == "UTC" else { throw fields.rejection(.malformedValue("TimeZone")) }
        let createdAt = try fields.parsed("Creation Date", Instant.init(spacedUTC:))
        do {
            return try SettlementLine(
                number: number, kind: try fields.parsed("Type", Self.kind),
                providerReference: try movementReference(fields),
                providerPayment: try fields.reference("Psp Reference"),
                reference: try fields.optionalReference("Merchant Reference"), occurredAt: createdAt,
                date: BookingDate(of: createdAt), gross: try signed("Gross", "GC", fields, currency),
                net: try signed("Net", "NC", fields, currency), statedFee: try fee(fields, currency),
                remittance: try fields.reference("Batch Number"))
        } catch let rejection as StatementRejection {
            throw rejection
        } catch {
            throw fields.rejection(.netDiffers)
        }
    }

    /// A refund or chargeback has a name of its own beside the payment's; a capture need not.
    private func movementReference(_ fields: StatementFields) throws(StatementRejection) -> StatementReference {
        if let own = try fields.optionalReference("Modification Reference") { return own }
        return try fields.reference("Psp Reference")
    }

    /// A credit is ours, a debit theirs; exactly one of the two is filled.
    private func signed(
        _ figure: String, _ unit: String, _ fields: StatementFields, _ currency: Currency
    ) throws(StatementRejection) -> Amount {
        let debit = try fields.optionalAmount("\(figure) Debit (\(unit))", in: currency)
        let credit = try fields.optionalAmount("\(figure) Credit (\(unit))", in: currency)
        switch (debit, credit) {
        case (nil, let credit?): return credit
        case (let debit?, nil):
            do { return try debit.negated() } catch { throw fields.rejection(.sumOutOfRange(figure)) }
        case (nil, nil): throw fields.rejection(.missingValue("\(figure) Credit (\(unit))"))
        case (_?, _?): throw fields.rejection(.unexpectedValue("\(figure) Debit (\(unit))"))
        }
    }

    private func fee(_ fields: StatementFields, _ currency: Currency) throws(StatementRejection) -> Amount {
        var sum = AmountSum(currency)
        for column in Self.feeColumns {
            guard let part = try fields.optionalAmount(column, in: currency) else { continue }
            do { try sum.add(part) } catch { throw fields.rejection(.sumOutOfRange(column)) }
        }
        do { return try sum.amount() } catch { throw fields.rejection(.sumOutOfRange("Commission (NC)")) }
    }

    private static func kind(_ type: String) -> MovementKind? {
        switch type {
        case "Settled": .charge
        case "Refunded": .refund
        case "RefundedReversed": .refundReversal
        case "Chargeback", "SecondChargeback": .chargeback
        case "ChargebackReversed": .chargebackReversal
        default: nil
        }
    }

    private static let feeColumns = ["Commission (NC)", "Markup (NC)", "Scheme Fees (NC)", "Interchange (NC)"]

    private static let columns =
        [
            "Company Account", "Merchant Account", "Psp Reference", "Merchant Reference", "Payment Method",
            "Creation Date", "TimeZone", "Type", "Modification Reference", "Gross Currency", "Gross Debit (GC)",
            "Gross Credit (GC)", "Exchange Rate", "Net Currency", "Net Debit (NC)", "Net Credit (NC)",
        ] + feeColumns + ["Batch Number"]
}
