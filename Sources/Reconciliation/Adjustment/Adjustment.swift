import EventLog
import Ledger
import Money
import Storage

/// A ledger transaction for the difference a break shows, proposed by one person and posted when another has agreed.
package struct Adjustment: Hashable, Sendable {
    package let id: AdjustmentID
    package let `break`: BreakID
    package let kind: AdjustmentKind
    /// How much of the break's open amount it takes, with that amount's sign.
    package let amount: Amount
    /// Where identified money belongs; nil for the other kinds.
    package let target: AccountPath?
    package let proposedBy: AllowedText
    package let proposedAt: Instant
    package var decision: AdjustmentDecision?
    package var decidedBy: AllowedText?
    package var decidedAt: Instant?

    package init(
        id: AdjustmentID, of broken: BreakID, kind: AdjustmentKind, amount: Amount, target: AccountPath?,
        proposedBy: AllowedText, proposedAt: Instant
    ) {
        self.id = id
        self.break = broken
        self.kind = kind
        self.amount = amount
        self.target = target
        self.proposedBy = proposedBy
        self.proposedAt = proposedAt
    }

    package var state: AdjustmentState {
        switch decision {
        case nil: .proposed
        case .approved: .posted
        case .rejected: .rejected
        }
    }
}

package enum AdjustmentDecision: String, Hashable, Sendable, CaseIterable {
    case approved
    case rejected
}

package enum AdjustmentState: String, Hashable, Sendable, CaseIterable {
    case proposed
    case posted
    case rejected
}

extension Adjustment: Row {
    package var key: AdjustmentID { id }

    package static let byBreak = GroupKey<Adjustment, BreakID>("break", columns: ["settlement_break"]) { $0.break }

    package static let table = TableDefinition<Adjustment>(
        "adjustment", .recorded,
        columns: [
            .integer("id"),
            .integer("settlement_break"),
            .text("kind"),
            .integer("amount_minor", check: "amount_minor <> 0"),
            .text("currency"),
            .integer("exponent", check: "exponent BETWEEN 0 AND 9"),
            .text("target", optional: true),
            .text("proposed_by"),
            .integer("proposed_at"),
            .text("decision", optional: true, check: "decision IN ('approved', 'rejected')"),
            .text("decided_by", optional: true),
            .integer("decided_at", optional: true),
        ],
        checks: [
            "(decision IS NULL) = (decided_by IS NULL)", "(decision IS NULL) = (decided_at IS NULL)",
            // Four eyes, said again where no program can forget it.
            "decision IS NULL OR decision = 'rejected' OR decided_by <> proposed_by",
        ],
        groupKeys: [byBreak])

    package func write(to columns: inout ColumnWriter) {
        columns.key(id)
        columns.key(self.break)
        columns.text(kind.rawValue)
        columns.integer(amount.minorUnits)
        columns.currency(amount.currency)
        columns.text(target?.text)
        columns.text(proposedBy.text)
        columns.instant(proposedAt)
        columns.text(decision?.rawValue)
        columns.text(decidedBy?.text)
        columns.instant(decidedAt)
    }

    package init(from columns: inout ColumnReader) throws {
        id = try columns.key()
        self.break = try columns.key()
        kind = try columns.named("kind")
        let minorUnits = columns.integer()
        amount = Amount(minorUnits: minorUnits, currency: try columns.currency())
        target = try columns.optionalParsed("target") { AccountPath($0) }
        proposedBy = try columns.parsed("proposed_by") { AllowedText($0) }
        proposedAt = columns.instant()
        decision = try columns.optionalParsed("decision", AdjustmentDecision.init(rawValue:))
        decidedBy = try columns.optionalParsed("decided_by") { AllowedText($0) }
        decidedAt = columns.optionalInstant()
    }
}
