import Ledger
import Money
import Storage

/// A disagreement between a file and the books, open until something explains it.
package struct Break: Hashable, Sendable {
    package let id: BreakID
    package let facts: BreakFacts
    package let openedAt: Instant
    /// What adjustments have taken of the difference so far, with its sign.
    package var adjusted: Amount
    package var resolution: BreakResolution?
    package var resolvedAt: Instant?

    package init(id: BreakID, _ facts: BreakFacts, openedAt: Instant) {
        self.id = id
        self.facts = facts
        self.openedAt = openedAt
        adjusted = .zero(facts.currency)
    }

    package var kind: BreakClass { facts.kind }
    package var state: BreakState { resolution == nil ? .open : .resolved }
    package var isOpen: Bool { resolution == nil }

    /// What stands open in the books because of it, less what adjustments took. Nil where nothing does, and once it ended.
    package var openAmount: Amount? {
        guard isOpen, let difference = facts.difference else { return nil }
        // Adjustments take parts of the difference only, so this lies between it and zero, and fits.
        let rest = Amount(minorUnits: difference.minorUnits - adjusted.minorUnits, currency: difference.currency)
        return rest.isZero ? nil : rest
    }

    /// Days since it should have agreed.
    package func ageDays(on today: BookingDate) -> Int { max(0, today.days(since: facts.dueDate)) }
}

package enum BreakState: String, Hashable, Sendable, CaseIterable {
    case open
    case resolved
}

/// How a break ended.
package enum BreakResolution: String, Hashable, Sendable, CaseIterable {
    /// A later line brought what was missing, took back what was too much, or says anew what is.
    case laterLine = "later_line"
    /// What a line spoke of was found after all: its movement, or its remittance.
    case found
    /// Adjustments took the whole difference.
    case adjusted
    /// A person took it as it is; nothing was open in the books.
    case accepted
}
