import Ledger
import Money
import Storage

/// Stripe's itemised payout reconciliation report, with the columns of its balance transactions that money needs.
///
/// It has no header and no totals: what a payout should be is what its items add up to, and a torn file is told by the bank.
/// A line whose fee is not gross less net is read all the same; what moved is the net.
package struct StripeItemizedFormat: StatementFormat {
    package let name = "stripe_itemized"

    package init() {}

    package func recognises(_ beginning: ArraySlice<UInt8>) -> Bool {
        begins(beginning, with: "balance_transaction_id,")
    }

    package func read(_ bytes: [UInt8]) throws(StatementRejection) -> StatementContent {
        var table = try CSVTable(bytes, columns: Self.columns)
        var items = UntotalledItems()
        while let fields = try table.next() { try items.add(try line(fields, number: items.nextNumber), fields) }
        return .settlement(try items.content())
    }

    private func line(_ fields: StatementFields, number: Int64) throws(StatementRejection) -> SettlementLine {
        let currency = try fields.currency("currency", lowercase: true)
        let createdAt = try fields.parsed("created_utc", Instant.init(spacedUTC:))
        do {
            return try SettlementLine(
                number: number, kind: try fields.parsed("reporting_category", Self.kind),
                providerReference: try fields.reference("source_id"), providerPayment: nil,
                reference: try fields.optionalReference("description"), occurredAt: createdAt,
                date: BookingDate(of: createdAt), gross: try fields.amount("gross", in: currency),
                net: try fields.amount("net", in: currency), statedFee: try fields.amount("fee", in: currency),
                remittance: try fields.reference("automatic_payout_id"))
        } catch let rejection as StatementRejection {
            throw rejection
        } catch {
            throw fields.rejection(.netDiffers)
        }
    }

    private static func kind(_ category: String) -> MovementKind? {
        switch category {
        case "charge": .charge
        case "charge_failure": .chargeReversal
        case "refund", "partial_capture_reversal": .refund
        case "refund_failure": .refundReversal
        case "dispute": .chargeback
        case "dispute_reversal": .chargebackReversal
        default: nil
        }
    }

    private static let columns = [
        "balance_transaction_id", "created_utc", "currency", "gross", "fee", "net", "reporting_category", "source_id",
        "description", "automatic_payout_id",
    ]
}

/// The items of a file that states no totals. They are added up, for the bank to agree with or not.
struct UntotalledItems {
    private var lines: [SettlementLine] = []
    private var tally = RemittanceTally()

    var nextNumber: Int64 { Int64(lines.count) + 1 }

    mutating func add(_ line: SettlementLine, _ fields: StatementFields) throws(StatementRejection) {
        do { try tally.add(line) } catch { throw error.on(fields.line) }
        lines.append(line)
    }

    /// A file of no day: it is taken for the statement of its last item's.
    func content() throws(StatementRejection) -> SettlementContent {
        guard let last = lines.map(\.date).max() else { throw StatementRejection(line: nil, .torn) }
        do {
            return SettlementContent(
                reference: nil, date: last, coversUntil: nil, lines: lines, remittances: try tally.totals())
        } catch {
            throw error.on(nil)
        }
    }
}

extension Instant {
    /// Reads `2026-03-31 11:55:56`, a moment of UTC as reports for spreadsheets have it.
    init?(spacedUTC text: String) {
        guard text.utf8.count == 19 else { return nil }
        var letters = Array(text)
        guard letters[10] == " " else { return nil }
        letters[10] = "T"
        self.init(text: String(letters) + "Z")
    }
}
