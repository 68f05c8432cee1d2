import Ledger
import Money
import Storage

extension Dispute: Row {
    package var key: DisputeID { id }

    /// All of one payment's; the provider's reference tells them apart.
    package static let byPayment = GroupKey<Dispute, PaymentID>("payment", columns: ["payment"]) { $0.payment }

    package static let table = TableDefinition<Dispute>(
        "dispute", .recorded,
        columns: [
            .integer("id"),
            .integer("payment"),
            .text("provider_reference"),
            .integer("opened_at"),
            .integer("amount_minor", check: "amount_minor > 0"),
            .text("currency"),
            .integer("exponent", check: "exponent BETWEEN 0 AND 9"),
            .text("state", check: "state IN ('inquiry', 'open', 'won', 'lost')"),
            .integer("hold", optional: true),
            .integer("hold_minor", optional: true, check: "hold_minor > 0"),
        ],
        checks: ["hold IS NULL OR state = 'open'"],
        groupKeys: [byPayment])

    package func write(to columns: inout ColumnWriter) {
        columns.key(id)
        columns.key(payment)
        columns.text(providerReference.text)
        columns.instant(openedAt)
        columns.amount(amount)
        columns.text(state.rawValue)
        columns.hold(hold)
    }

    package init(from columns: inout ColumnReader) throws {
        self.init(
            id: try columns.key(), payment: try columns.key(),
            providerReference: try columns.parsed("provider_reference", ProviderReference.init(_:)),
            openedAt: columns.instant(), amount: try columns.amount())
        state = try columns.named("state")
        hold = columns.hold(in: amount.currency)
    }
}
