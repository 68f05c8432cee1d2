import JSON
import Reconciliation
import Storage

/// Breaks and adjustments as callers see them.
extension JSONWriter {
    mutating func members(of reading: BreakReading, at now: Instant) {
        let (broken, facts) = (reading.row, reading.row.facts)
        field("id", broken.id.description)
        field("class", facts.kind.rawValue)
        field("state", broken.state.rawValue)
        field("resolution", orNull: broken.resolution?.rawValue)
        // What stands open in the books; null where nothing does.
        field("amount", orNull: broken.openAmount?.minorUnits)
        field("currency", facts.currency.description)
        side("expected", facts.expected)
        side("found", facts.found)
        field("kind", facts.source.kind.rawValue)
        field("owner", facts.source.owner.text)
        names(of: facts)
        // The provider's own name for it, as the file has it.
        field("remittance_reference", orNull: reading.remittance?.reference.text)
        field("subject", orNull: (facts.payment?.description ?? facts.providerReference?.text))
        field("next_action", facts.nextAction.rawValue)
        beginArray("proposable")
        for kind in reading.proposable { element(kind.rawValue) }
        endArray()
        list(of: reading.adjustments)
        field("opened_at", broken.openedAt.description)
        field("resolved_at", orNull: broken.resolvedAt?.description)
        field("age_days", reading.ageDays)
        field("age_seconds", (broken.resolvedAt ?? now).since(broken.openedAt).microseconds / 1_000_000)
    }

    mutating func members(of adjustment: Adjustment) {
        field("id", adjustment.id.description)
        field("break", adjustment.break.description)
        field("kind", adjustment.kind.rawValue)
        field("amount", adjustment.amount.minorUnits)
        field("currency", adjustment.amount.currency.description)
        field("target", orNull: adjustment.target?.text)
        field("state", adjustment.state.rawValue)
        field("proposed_by", adjustment.proposedBy.text)
        field("proposed_at", adjustment.proposedAt.description)
        field("decided_by", orNull: adjustment.decidedBy?.text)
        field("decided_at", orNull: adjustment.decidedAt?.description)
    }

    private mutating func names(of facts: BreakFacts) {
        field("statement", orNull: facts.statement?.description)
        field("line", orNull: facts.line?.description)
        field("payment", orNull: facts.payment?.description)
        field("provider_reference", orNull: facts.providerReference?.text)
        field("remittance", orNull: facts.remittance?.description)
        field("resembles", orNull: facts.resembles?.description)
    }

    private mutating func list(of adjustments: [Adjustment]) {
        beginArray("adjustments")
        for adjustment in adjustments {
            beginObject()
            members(of: adjustment)
            endObject()
        }
        endArray()
    }

    /// What one side says; null where it says nothing.
    private mutating func side(_ name: StaticString, _ figure: Figure?) {
        guard let figure else { return null(name) }
        beginObject(name)
        field("amount", figure.amount.minorUnits)
        field("fee", orNull: figure.fee?.minorUnits)
        field("currency", figure.currency.description)
        endObject()
    }
}
