import EventLog
import Ledger
import Money
import Storage

extension OrphanFact {
    package static let table = TableDefinition<OrphanFact>(
        "orphan_fact", .recorded,
        columns: [
            .integer("id"),
            .text("provider_account"),
            .text("kind"),
            .text("origin", check: "origin IN ('reply', 'notification', 'look_up', 'statement')"),
            .integer("amount_minor", optional: true),
            .text("currency", optional: true),
            .integer("exponent", optional: true),
            .integer("fee_minor", optional: true),
            .text("fee_currency", optional: true),
            .integer("fee_exponent", optional: true),
            .text("failure", optional: true),
            .text("failure_code", optional: true),
            .text("next_action", optional: true),
            .text("payment_reference", optional: true),
            .text("movement_reference", optional: true),
            .text("operation_reference", optional: true),
            .integer("occurred_at"),
            .integer("heard_at"),
            .integer("payment", optional: true),
        ],
        groupKeys: [byReference])

    package func write(to columns: inout ColumnWriter) {
        columns.key(id)
        columns.text(providerAccount.text)
        columns.text(fact.kind.rawValue)
        columns.text(fact.origin.rawValue)
        columns.optionalAmount(fact.amount)
        columns.optionalAmount(fact.fee)
        columns.failure(fact.failure)
        if case .actionRequired(let action) = fact.statement {
            columns.text(action.type.text)
        } else {
            columns.null()
        }
        columns.text(fact.paymentReference?.text)
        columns.text(fact.movementReference?.text)
        columns.text(fact.operationReference)
        columns.instant(fact.occurredAt)
        columns.instant(heardAt)
        columns.key(payment)
    }

    package init(from columns: inout ColumnReader) throws {
        id = try columns.key()
        providerAccount = try columns.parsed("provider_account") { PathSegment($0) }
        let kind: FactKind = try columns.named("kind")
        let origin: ProviderFact.Origin = try columns.named("origin")
        let statement = ProviderFact.Statement(
            kind, amount: try columns.optionalAmount(), fee: try columns.optionalAmount(),
            failure: try columns.failure(),
            nextAction: try columns.optionalParsed("next_action") { AllowedText($0) })
        guard let statement else { throw UnreadableColumn(name: "kind", text: kind.rawValue) }
        fact = ProviderFact(
            statement, paymentReference: try columns.optionalParsed("payment_reference", ProviderReference.init(_:)),
            movementReference: try columns.optionalParsed("movement_reference", ProviderReference.init(_:)),
            operationReference: columns.optionalText(), occurredAt: columns.instant(), origin: origin)
        heardAt = columns.instant()
        payment = columns.optionalKey()
    }
}

extension ColumnWriter {
    /// Three columns, all null without an amount.
    fileprivate mutating func optionalAmount(_ value: Amount?) {
        guard let value else {
            for _ in 0..<3 { null() }
            return
        }
        amount(value)
    }
}

extension ColumnReader {
    fileprivate mutating func optionalAmount() throws -> Amount? {
        guard !isNull else {
            for _ in 0..<3 { _ = optionalInteger() }
            return nil
        }
        return try amount()
    }
}
