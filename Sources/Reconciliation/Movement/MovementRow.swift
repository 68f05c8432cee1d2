import EventLog
import Ledger
import Money
import Payments
import Storage

/// Movements as a table of their own: derived from the events of payments, so that a file can be compared with what the
/// books say without asking every payment.
extension ExpectedMovement: Row {
    package static let byProviderReference = GroupKey<ExpectedMovement, PairKey<String, String>>(
        "provider_reference", columns: ["provider_account", "provider_reference"]
    ) { movement in movement.providerReference.map { PairKey(movement.providerAccount.text, $0.text) } }

    package static let byFoldedReference = GroupKey<ExpectedMovement, PairKey<String, String>>(
        "folded_reference", columns: ["provider_account", "folded_reference"]
    ) { movement in movement.providerReference.map { PairKey(movement.providerAccount.text, $0.folded) } }

    /// Those of which we know our own name only.
    package static let byOwnReference = GroupKey<ExpectedMovement, PairKey<String, String>>(
        "own_reference", columns: ["provider_account", "own_reference"]
    ) { movement in movement.ownReference.map { PairKey(movement.providerAccount.text, $0.text) } }

    package static let byPayment = GroupKey<ExpectedMovement, PaymentID>("payment", columns: ["payment"]) { $0.payment }

    private var ownReference: StatementReference? { providerReference == nil ? reference : nil }

    package static let table = TableDefinition<ExpectedMovement>(
        "expected_movement", .derived, keyColumnCount: 2,
        columns: [
            .text("kind"),
            .integer("subject"),
            .text("provider_account"),
            .integer("payment"),
            .text("provider_reference", optional: true),
            .text("folded_reference", optional: true),
            .text("reference", optional: true),
            .text("own_reference", optional: true),
            .integer("gross_minor"),
            .integer("fee_minor", optional: true),
            .integer("fee_booked_minor"),
            .integer("settled_minor"),
            .text("currency"),
            .integer("exponent", check: "exponent BETWEEN 0 AND 9"),
            .integer("occurred_at"),
            .text("state", check: "state IN ('open', 'settled', 'contested')"),
            .integer("is_missed", check: "is_missed IN (0, 1)"),
        ],
        groupKeys: [byProviderReference, byFoldedReference, byOwnReference, byPayment])

    package func write(to columns: inout ColumnWriter) {
        columns.key(key)
        columns.text(providerAccount.text)
        columns.key(payment)
        columns.reference(providerReference)
        columns.text(providerReference?.folded)
        columns.reference(reference)
        columns.reference(ownReference)
        columns.integer(gross.minorUnits)
        columns.integer(fee?.minorUnits)
        columns.integer(feeBooked.minorUnits)
        columns.integer(settled.minorUnits)
        columns.currency(currency)
        columns.instant(occurredAt)
        columns.text(state.rawValue)
        columns.boolean(isMissed)
    }

    package init(from columns: inout ColumnReader) throws {
        key = try columns.key()
        providerAccount = try columns.segment("provider_account")
        payment = try columns.key()
        providerReference = try columns.optionalReference("provider_reference")
        _ = columns.optionalText()
        reference = try columns.optionalReference("reference")
        _ = columns.optionalText()
        let grossMinor = columns.integer()
        let feeMinor = columns.optionalInteger()
        let (bookedMinor, settledMinor) = (columns.integer(), columns.integer())
        let currency = try columns.currency()
        gross = Amount(minorUnits: grossMinor, currency: currency)
        fee = feeMinor.map { Amount(minorUnits: $0, currency: currency) }
        feeBooked = Amount(minorUnits: bookedMinor, currency: currency)
        settled = Amount(minorUnits: settledMinor, currency: currency)
        try columns.demandDifference(of: gross, and: feeBooked, "fee_booked_minor")
        try columns.demandDifference(of: gross, and: settled, "settled_minor")
        occurredAt = columns.instant()
        state = try columns.named("state")
        isMissed = columns.boolean()
    }
}

extension MovementKey: RowKey, Comparable {
    package static func < (left: MovementKey, right: MovementKey) -> Bool {
        (left.kind.rawValue, left.subject) < (right.kind.rawValue, right.subject)
    }

    package func write(to columns: inout ColumnWriter) {
        columns.text(kind.rawValue)
        columns.integer(subject)
    }

    package init(from columns: inout ColumnReader) throws {
        kind = try columns.named("kind")
        subject = columns.integer()
    }
}
