import Ledger
import Money
import Payments
import Storage

/// One line of a statement as it was booked. Never changed: what becomes of it later is told by its break.
package struct StatementLine: Hashable, Sendable {
    package let id: StatementLineID
    package let statement: StatementID
    /// Its place in the file, counted from 1.
    package let number: Int64
    package let kind: StatementLineKind
    package let providerReference: StatementReference?
    package let providerPayment: StatementReference?
    package let reference: StatementReference?
    /// The remittance it names, where we do not know that one.
    package let unknownRemittance: StatementReference?
    package let bankReference: StatementReference?
    /// Whether some name in it looked like a card number and was masked.
    package let holdsCardNumber: Bool
    package let occurredAt: Instant?
    package let bookingDate: BookingDate
    package let valueDate: BookingDate
    /// Signed from our side; of a provider's line the gross.
    package let amount: Amount
    /// What the provider kept; zero on a bank's line.
    package let fee: Amount
    package let remittance: RemittanceID?
    /// The payment it was found to be about.
    package let payment: PaymentID?
    /// How it disagrees with the books; nil where it does not.
    package let breakClass: BreakClass?

    package var key: StatementLineID { id }
    package var currency: Currency { amount.currency }
    /// Names what nobody recognised on a suspense account.
    package var item: OpenItem { OpenItem(.line, id.rawValue) }
    /// What it moved. It fits: the fee is the gross less a net that the file states, and zero on a bank's line.
    package var net: Amount { Amount(minorUnits: amount.minorUnits - fee.minorUnits, currency: currency) }
}

/// What a line of any statement is about. The names are for ever: they stand in events.
package enum StatementLineKind: Hashable, Sendable {
    case movement(MovementKind)
    case bank(BankLine.Kind)
    /// What stood on the bank account before the first statement we were given.
    case opening

    package var name: String {
        switch self {
        case .movement(let kind): kind.rawValue
        case .bank(.transfer): "bank_transfer"
        case .bank(.fee): "bank_fee"
        case .opening: "opening"
        }
    }

    package static let all: [StatementLineKind] =
        MovementKind.allCases.map { .movement($0) } + BankLine.Kind.allCases.map { .bank($0) } + [.opening]

    package init?(name: String) {
        guard let kind = Self.all.first(where: { $0.name == name }) else { return nil }
        self = kind
    }
}

extension StatementLine: Row {
    package static let byNumber = UniqueKey<StatementLine, PairKey<StatementID, Int64>>(
        "number", columns: ["statement", "number"]
    ) { PairKey($0.statement, $0.number) }
    package static let byPayment = GroupKey<StatementLine, PaymentID>("payment", columns: ["payment"]) { $0.payment }

    package static let table = TableDefinition<StatementLine>(
        "statement_line", .recorded, isAppendOnly: true,
        columns: [
            .integer("id"),
            .integer("statement"),
            .integer("number", check: "number >= 1"),
            .text("kind"),
            .text("provider_reference", optional: true),
            .text("provider_payment", optional: true),
            .text("reference", optional: true),
            .text("unknown_remittance", optional: true),
            .text("bank_reference", optional: true),
            .integer("holds_card_number", check: "holds_card_number IN (0, 1)"),
            .integer("occurred_at", optional: true),
            .integer("booking_date"),
            .integer("value_date"),
            .integer("amount_minor"),
            .integer("fee_minor"),
            .text("currency"),
            .integer("exponent", check: "exponent BETWEEN 0 AND 9"),
            .integer("remittance", optional: true),
            .integer("payment", optional: true),
            .text("break_class", optional: true),
        ],
        uniqueKeys: [byNumber], groupKeys: [byPayment])

    package func write(to columns: inout ColumnWriter) {
        columns.key(id)
        columns.key(statement)
        columns.integer(number)
        columns.text(kind.name)
        columns.reference(providerReference)
        columns.reference(providerPayment)
        columns.reference(reference)
        columns.reference(unknownRemittance)
        columns.reference(bankReference)
        columns.boolean(holdsCardNumber)
        columns.instant(occurredAt)
        columns.date(bookingDate)
        columns.date(valueDate)
        columns.integer(amount.minorUnits)
        columns.integer(fee.minorUnits)
        columns.currency(amount.currency)
        columns.key(remittance)
        columns.key(payment)
        columns.text(breakClass?.rawValue)
    }

    package init(from columns: inout ColumnReader) throws {
        id = try columns.key()
        statement = try columns.key()
        number = columns.integer()
        kind = try columns.parsed("kind", StatementLineKind.init(name:))
        providerReference = try columns.optionalReference("provider_reference")
        providerPayment = try columns.optionalReference("provider_payment")
        reference = try columns.optionalReference("reference")
        unknownRemittance = try columns.optionalReference("unknown_remittance")
        bankReference = try columns.optionalReference("bank_reference")
        holdsCardNumber = columns.boolean()
        occurredAt = columns.optionalInstant()
        bookingDate = try columns.date("booking_date")
        valueDate = try columns.date("value_date")
        let (amountMinor, feeMinor) = (columns.integer(), columns.integer())
        let currency = try columns.currency()
        amount = Amount(minorUnits: amountMinor, currency: currency)
        fee = Amount(minorUnits: feeMinor, currency: currency)
        try columns.demandDifference(of: amount, and: fee, "fee_minor")
        remittance = columns.optionalKey()
        payment = columns.optionalKey()
        breakClass = try columns.optionalParsed("break_class", BreakClass.init(rawValue:))
    }
}
