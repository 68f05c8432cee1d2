import Ledger
import Money
import Storage

/// A provider's batch transfer to us: what it accounted for in files, and what our bank has shown of it.
///
/// Between the two it is money on its way, an open item under its number; when both agree the item is at zero.
package struct Remittance: Hashable, Sendable {
    package let id: RemittanceID
    package let providerAccount: PathSegment
    package let bank: PathSegment
    /// The provider's name for it, which the bank line repeats.
    package let reference: StatementReference
    package let date: BookingDate
    /// The day by which our bank must have shown it.
    package let dueDate: BookingDate
    package private(set) var lineCount: Int64
    package private(set) var gross: Amount
    package private(set) var fee: Amount
    package private(set) var net: Amount
    /// What bank lines brought; negative where the provider drew.
    package private(set) var received: Amount
    package private(set) var receivedCount: Int64
    /// The event that told last of its receipt.
    package private(set) var receivedSequence: Int64?
    /// What adjustments took of the difference between the two.
    package private(set) var adjusted: Amount
    /// The last of its lines whose payment was told that our bank has shown it; nil before the first.
    package var toldLine: StatementLineID?

    package init(
        id: RemittanceID, providerAccount: PathSegment, bank: PathSegment, reference: StatementReference,
        date: BookingDate, dueDate: BookingDate, currency: Currency
    ) {
        self.id = id
        self.providerAccount = providerAccount
        self.bank = bank
        self.reference = reference
        self.date = date
        self.dueDate = dueDate
        lineCount = 0
        (gross, fee, net, received) = (.zero(currency), .zero(currency), .zero(currency), .zero(currency))
        receivedCount = 0
        adjusted = .zero(currency)
    }

    package var currency: Currency { net.currency }
    package var item: OpenItem { OpenItem(.remittance, id.rawValue) }

    /// What has still to arrive, which is what is on its way; negative where too much came.
    package func outstanding() throws(AmountError) -> Amount { try net.subtracting(received).subtracting(adjusted) }
}

extension Remittance {
    /// A file told a part of it, usually the whole.
    package mutating func add(_ totals: RemittanceTotals) throws(AmountError) {
        let sums = (try gross.adding(totals.gross), try fee.adding(totals.fee), try net.adding(totals.net))
        (gross, fee, net) = sums
        lineCount += totals.lineCount
    }

    /// A bank line brought it, or a part of it.
    /// - Parameter sequence: Of the event that tells of it.
    package mutating func receive(_ amount: Amount, sequence: Int64) throws(AmountError) {
        received = try received.adding(amount)
        receivedCount += 1
        receivedSequence = sequence
    }

    /// Two people decided about a part of the difference.
    package mutating func adjust(_ amount: Amount) throws(AmountError) {
        adjusted = try adjusted.adding(amount)
    }
}

extension Remittance: Row {
    package var key: RemittanceID { id }

    package static let byName = UniqueKey<Remittance, PairKey<String, String>>(
        "name", columns: ["provider_account", "reference"]
    ) { PairKey($0.providerAccount.text, $0.reference.text) }
    /// A bank line does not say whose remittance it is.
    package static let byReference = GroupKey<Remittance, String>("reference", columns: ["reference"]) {
        $0.reference.text
    }

    package static let table = TableDefinition<Remittance>(
        "remittance", .recorded,
        columns: [
            .integer("id"),
            .text("provider_account"),
            .text("bank"),
            .text("reference"),
            .integer("remittance_date"),
            .integer("due_date"),
            .integer("line_count", check: "line_count >= 0"),
            .integer("gross_minor"),
            .integer("fee_minor"),
            .integer("net_minor"),
            .integer("received_minor"),
            .integer("received_count", check: "received_count >= 0"),
            .integer("received_sequence", optional: true),
            .integer("adjusted_minor"),
            .integer("told_line", optional: true),
            .text("currency"),
            .integer("exponent", check: "exponent BETWEEN 0 AND 9"),
        ],
        checks: ["net_minor = gross_minor - fee_minor"],
        uniqueKeys: [byName], groupKeys: [byReference])

    package func write(to columns: inout ColumnWriter) {
        columns.key(id)
        columns.text(providerAccount.text)
        columns.text(bank.text)
        columns.reference(reference)
        columns.date(date)
        columns.date(dueDate)
        columns.integer(lineCount)
        for amount in [gross, fee, net, received] { columns.integer(amount.minorUnits) }
        columns.integer(receivedCount)
        columns.integer(receivedSequence)
        columns.integer(adjusted.minorUnits)
        columns.key(toldLine)
        columns.currency(currency)
    }

    package init(from columns: inout ColumnReader) throws {
        id = try columns.key()
        providerAccount = try columns.segment("provider_account")
        bank = try columns.segment("bank")
        guard let reference = try columns.optionalReference("reference") else {
            throw UnreadableColumn(name: "reference", text: "")
        }
        self.reference = reference
        date = try columns.date("remittance_date")
        dueDate = try columns.date("due_date")
        lineCount = columns.integer()
        let sums = (0..<4).map { _ in columns.integer() }
        receivedCount = columns.integer()
        receivedSequence = columns.optionalInteger()
        let adjustedMinor = columns.integer()
        toldLine = columns.optionalKey()
        let currency = try columns.currency()
        gross = Amount(minorUnits: sums[0], currency: currency)
        fee = Amount(minorUnits: sums[1], currency: currency)
        net = Amount(minorUnits: sums[2], currency: currency)
        received = Amount(minorUnits: sums[3], currency: currency)
        adjusted = Amount(minorUnits: adjustedMinor, currency: currency)
    }
}
