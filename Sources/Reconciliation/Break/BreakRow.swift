import Ledger
import Money
import Payments
import Storage

extension Break: Row {
    package var key: BreakID { id }

    package static let byMovement = GroupKey<Break, MovementKey>("movement", columns: ["movement_kind", "movement"]) {
        $0.facts.movement
    }
    package static let byRemittance = GroupKey<Break, RemittanceID>("remittance", columns: ["remittance"]) {
        $0.facts.remittance
    }
    package static let byLine = GroupKey<Break, StatementLineID>("line", columns: ["line"]) { $0.facts.line }
    /// By whose file it is and the name it is known by there.
    package static let byReference = GroupKey<Break, PairKey<String, String>>(
        "reference", columns: ["owner", "provider_reference"]
    ) { row in row.facts.providerReference.map { PairKey(row.facts.source.owner.text, $0.text) } }

    package static let table = TableDefinition<Break>(
        "settlement_break", .recorded,
        columns: [
            .integer("id"),
            .text("class"),
            .text("kind", check: "kind IN ('settlement', 'bank')"),
            .text("owner"),
            .integer("statement", optional: true),
            .integer("line", optional: true),
            .text("movement_kind", optional: true),
            .integer("movement", optional: true),
            .integer("payment", optional: true),
            .text("provider_reference", optional: true),
            .integer("remittance", optional: true),
            .integer("expected_minor", optional: true),
            .integer("expected_fee_minor", optional: true),
            .text("expected_currency", optional: true),
            .integer("expected_exponent", optional: true),
            .integer("found_minor", optional: true),
            .integer("found_fee_minor", optional: true),
            .text("found_currency", optional: true),
            .integer("found_exponent", optional: true),
            .integer("difference_minor", optional: true, check: "difference_minor <> 0"),
            .integer("resembles", optional: true),
            .integer("opened_at"),
            .integer("due_date"),
            .integer("adjusted_minor"),
            .text("resolution", optional: true),
            .integer("resolved_at", optional: true),
        ],
        checks: [
            "expected_minor IS NOT NULL OR found_minor IS NOT NULL",
            "(resolution IS NULL) = (resolved_at IS NULL)",
        ],
        groupKeys: [byMovement, byRemittance, byLine, byReference])

    package func write(to columns: inout ColumnWriter) {
        columns.key(id)
        columns.text(facts.kind.rawValue)
        columns.text(facts.source.kind.rawValue)
        columns.text(facts.source.owner.text)
        columns.key(facts.statement)
        columns.key(facts.line)
        columns.movement(facts.movement)
        columns.key(facts.payment)
        columns.reference(facts.providerReference)
        columns.key(facts.remittance)
        columns.figure(facts.expected)
        columns.figure(facts.found)
        columns.integer(facts.difference?.minorUnits)
        columns.key(facts.resembles)
        columns.instant(openedAt)
        columns.date(facts.dueDate)
        columns.integer(adjusted.minorUnits)
        columns.text(resolution?.rawValue)
        columns.instant(resolvedAt)
    }

    package init(from columns: inout ColumnReader) throws {
        id = try columns.key()
        let kind: BreakClass = try columns.named("class")
        let source = StatementSource(try columns.named("kind"), try columns.segment("owner"))
        let statement: StatementID? = columns.optionalKey()
        let line: StatementLineID? = columns.optionalKey()
        let movement = try columns.optionalMovement("movement_kind")
        let payment: PaymentID? = columns.optionalKey()
        let reference = try columns.optionalReference("provider_reference")
        let remittance: RemittanceID? = columns.optionalKey()
        let expected = try columns.optionalFigure("expected_minor")
        let found = try columns.optionalFigure("found_minor")
        guard let currency = (found ?? expected)?.currency else {
            throw UnreadableColumn(name: "found_minor", text: "")
        }
        let difference = columns.optionalInteger().map { Amount(minorUnits: $0, currency: currency) }
        let resembles: PaymentID? = columns.optionalKey()
        openedAt = columns.instant()
        facts = BreakFacts(
            kind, source: source, statement: statement, line: line, movement: movement, payment: payment,
            providerReference: reference, remittance: remittance, expected: expected, found: found,
            difference: difference, resembles: resembles, dueDate: try columns.date("due_date"))
        adjusted = Amount(minorUnits: columns.integer(), currency: currency)
        try columns.demandDifference(of: difference ?? .zero(currency), and: adjusted, "adjusted_minor")
        resolution = try columns.optionalParsed("resolution", BreakResolution.init(rawValue:))
        resolvedAt = columns.optionalInstant()
    }
}
