import Ledger
import Money
import Storage

/// Captures, voids and refunds, a row each. An authorization stands in its payment's row.
extension PaymentOperation: Row {
    package var key: PaymentOperationID { id }

    /// All of one payment's, for facts that name none of ours.
    package static let byPayment = GroupKey<PaymentOperation, PaymentID>("payment", columns: ["payment"]) { $0.payment }

    package static let table = TableDefinition<PaymentOperation>(
        "payment_operation", .recorded,
        columns: [
            .integer("id"),
            .integer("payment"),
            .text("kind", check: "kind IN ('capture', 'void', 'refund')"),
            .text("origin", check: "origin IN ('request', 'charge', 'provider')"),
            // Zero only for what a provider began and says has failed, of which it states no amount.
            .integer("amount_minor", check: "amount_minor >= 0"),
            .text("currency"),
            .integer("exponent", check: "exponent BETWEEN 0 AND 9"),
            .integer("is_final", check: "is_final IN (0, 1)"),
            .integer("created_at"),
            .text("state", check: stateCheck("state")),
            .integer("is_undone", check: "is_undone IN (0, 1)"),
            .text("failure", optional: true),
            .text("failure_code", optional: true),
            .text("provider_reference", optional: true),
            .integer("hold", optional: true),
            .integer("hold_minor", optional: true, check: "hold_minor > 0"),
            .text("bookings", optional: true),
        ],
        checks: [
            "amount_minor > 0 OR origin <> 'request'",
            // Only a refund reserves funds, and not beyond its end.
            "hold IS NULL OR (kind = 'refund' AND state IN ('requested', 'submitted', 'in_doubt'))",
        ],
        groupKeys: [byPayment])

    static func stateCheck(_ column: String) -> String {
        "\(column) IN ('requested', 'submitted', 'in_doubt', 'succeeded', 'declined', 'failed', 'cancelled')"
    }

    package func write(to columns: inout ColumnWriter) {
        columns.key(id)
        columns.key(payment)
        columns.text(kind.rawValue)
        columns.text(origin.rawValue)
        columns.amount(amount)
        columns.boolean(isFinal)
        columns.instant(createdAt)
        columns.text(state.rawValue)
        columns.boolean(isUndone)
        columns.failure(failure)
        columns.text(providerReference?.text)
        columns.hold(hold)
        columns.text(bookings.isEmpty ? nil : BookedTransaction.text(of: bookings))
    }

    package init(from columns: inout ColumnReader) throws {
        self.init(
            id: try columns.key(), payment: try columns.key(), kind: try columns.named("kind"),
            origin: try columns.named("origin"), amount: try columns.amount(), isFinal: columns.boolean(),
            createdAt: columns.instant())
        state = try columns.named("state")
        isUndone = columns.boolean()
        failure = try columns.failure()
        providerReference = try columns.optionalParsed("provider_reference", ProviderReference.init(_:))
        hold = columns.hold(in: amount.currency)
        bookings = try columns.optionalParsed("bookings", BookedTransaction.list(of:)) ?? []
    }
}
