import Storage

/// What is left of a pending ledger transaction. Its id is the pending transaction's; the row is made with it and ended
/// once, by a ledger transaction of its own.
package struct Hold: Row, Hashable {
    package let id: LedgerTransactionID
    package let kind: Kind
    package var status: Status
    /// What is still held of each leg of a two-legged hold, in minor units. A longer hold is ended as a whole: here its
    /// first leg's amount until then.
    package var remaining: Int64
    package var postedMinorUnits: Int64
    package let expiresAt: Instant?

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case mirror, reservation, timed
    }

    package enum Status: String, Hashable, Sendable {
        case open
        /// Ended with something posted.
        case posted
        case voided
        case expired
    }

    package var key: LedgerTransactionID { id }
    package var isOpen: Bool { status == .open }

    /// Whether its timer has run out: from the very moment it expires at.
    package func isOverdue(at now: Instant) -> Bool {
        guard let expiresAt else { return false }
        return expiresAt <= now
    }

    package static let table = TableDefinition<Hold>(
        "hold", .recorded,
        columns: [
            .integer("id"),
            .text("kind", check: "kind IN ('mirror', 'reservation', 'timed')"),
            .text("status", check: "status IN ('open', 'posted', 'voided', 'expired')"),
            .integer("remaining_minor", check: "remaining_minor >= 0"),
            .integer("posted_minor", check: "posted_minor >= 0"),
            .integer("expires_at", optional: true),
        ],
        checks: ["(status = 'open') = (remaining_minor > 0)", "status <> 'posted' OR posted_minor > 0"])

    package init(id: LedgerTransactionID, kind: Kind, remaining: Int64, expiresAt: Instant?) {
        self.id = id
        self.kind = kind
        self.status = .open
        self.remaining = remaining
        self.postedMinorUnits = 0
        self.expiresAt = expiresAt
    }

    package func write(to columns: inout ColumnWriter) {
        columns.key(id)
        columns.text(kind.rawValue)
        columns.text(status.rawValue)
        columns.integer(remaining)
        columns.integer(postedMinorUnits)
        columns.instant(expiresAt)
    }

    package init(from columns: inout ColumnReader) throws {
        id = try columns.key()
        kind = try columns.named("kind")
        status = try columns.named("status")
        remaining = columns.integer()
        postedMinorUnits = columns.integer()
        expiresAt = columns.optionalInstant()
    }
}

extension Hold {
    /// Takes a part out of what is held. What ends the hold follows from what was done with it.
    mutating func take(_ minorUnits: Int64, _ phase: LedgerPhase) {
        precondition(isOpen && minorUnits > 0 && minorUnits <= remaining, "no more is taken than is held")
        remaining -= minorUnits
        if phase == .holdPosted { postedMinorUnits += minorUnits }
        guard remaining == 0 else { return }
        status = phase == .holdExpired ? .expired : postedMinorUnits > 0 ? .posted : .voided
    }
}
