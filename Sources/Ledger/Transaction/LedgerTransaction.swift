import Money
import Storage

/// Two or more postings recorded together, debits equal to credits in each currency. Never changed, never deleted.
///
/// Nearly all have two legs, and are one row with both: balance and currency are then one column each, and cannot
/// disagree. Longer ones keep their legs in `posting`, written before this header, whose trigger sums them.
package struct LedgerTransaction: Row, Hashable {
    package let id: LedgerTransactionID
    package let phase: LedgerPhase
    package let reason: PostingReason
    package let legCount: Int64
    /// Both legs where there are two; nil where there are more.
    package let pair: LegPair?
    /// The hold it ends, wholly or in part, or the ledger transaction it reverses.
    package let parent: LedgerTransactionID?
    package let externalID: ExternalID?
    package let bookingDate: BookingDate
    package let valueDate: BookingDate
    package let occurredAt: Instant?
    /// When a hold with a timer expires.
    package let expiresAt: Instant?
    package let recordedAt: Instant
    /// The event that tells of it.
    package let sequence: Int64

    package var key: LedgerTransactionID { id }

    package static let byExternalID = UniqueKey<LedgerTransaction, String>(
        inRuns: "external_id", columns: ["external_id"]
    ) { $0.externalID?.text }

    /// The two-legged ones on an account; those on longer ones are found by `PostingRow.byAccount`.
    package static let byAccount = ListKey<LedgerTransaction, AccountID>(
        "account", columns: ["debit_account", "credit_account"]
    ) { row, file in
        guard let pair = row.pair else { return }
        file(pair.debitAccount)
        file(pair.creditAccount)
    }

    package static let table = TableDefinition<LedgerTransaction>(
        "ledger_transaction", .recorded, isAppendOnly: true,
        columns: [
            .integer("id"),
            .integer("phase", check: "phase BETWEEN 1 AND 7"),
            .text("reason"),
            .integer("leg_count", check: "leg_count >= 2"),
            .integer("debit_account", optional: true),
            .integer("credit_account", optional: true),
            .integer("amount_minor", optional: true, check: "amount_minor > 0"),
            .text("currency", optional: true),
            .integer("exponent", optional: true),
            .integer("debit_item_kind", optional: true),
            .integer("debit_item", optional: true),
            .integer("credit_item_kind", optional: true),
            .integer("credit_item", optional: true),
            .integer("parent", optional: true),
            .text("external_id", optional: true),
            .integer("booking_date"),
            .integer("value_date"),
            .integer("occurred_at", optional: true),
            .integer("expires_at", optional: true),
            .integer("recorded_at"),
            .integer("sequence", check: "sequence >= 1"),
        ],
        checks: [
            """
            (leg_count = 2 AND debit_account IS NOT NULL AND credit_account IS NOT NULL AND amount_minor IS NOT NULL
                AND currency IS NOT NULL AND exponent IS NOT NULL)
            OR (leg_count > 2 AND debit_account IS NULL AND credit_account IS NULL AND amount_minor IS NULL)
            """
        ],
        uniqueKeys: [byExternalID], listKeys: [byAccount])
}

/// What a ledger transaction does to the counters.
package enum LedgerPhase: Int64, Hashable, Sendable, CaseIterable {
    /// Counts at once.
    case posted = 1
    /// A hold: value reserved, not moved.
    case pending = 2
    /// Posts a hold or part of it: pending becomes posted.
    case holdPosted = 3
    /// Gives back part of a hold, which goes on.
    case holdReleased = 4
    /// Ends a hold; nothing moved.
    case holdVoided = 5
    /// Ends a hold by its timer.
    case holdExpired = 6
    /// Counts at once and undoes, wholly or in part, its parent.
    case reversal = 7

    /// Whether its legs are posted ones.
    package var isPosted: Bool {
        switch self {
        case .posted, .holdPosted, .reversal: true
        case .pending, .holdReleased, .holdVoided, .holdExpired: false
        }
    }
}

extension LedgerPhase {
    /// Whether it takes from the hold that is its parent.
    package var endsHold: Bool {
        switch self {
        case .holdPosted, .holdReleased, .holdVoided, .holdExpired: true
        case .posted, .pending, .reversal: false
        }
    }
}

/// The names of the phases in events and answers.
extension LedgerPhase {
    package var name: String {
        switch self {
        case .posted: "posted"
        case .pending: "pending"
        case .holdPosted: "hold_posted"
        case .holdReleased: "hold_released"
        case .holdVoided: "hold_voided"
        case .holdExpired: "hold_expired"
        case .reversal: "reversal"
        }
    }

    package init?(name: String) {
        guard let phase = LedgerPhase.allCases.first(where: { $0.name == name }) else { return nil }
        self = phase
    }
}

/// The two legs of a two-legged ledger transaction: one amount, debited here and credited there.
package struct LegPair: Hashable, Sendable {
    package let debitAccount: AccountID
    package let creditAccount: AccountID
    package let amount: Amount
    package let debitItem: OpenItem?
    package let creditItem: OpenItem?

    package init(
        debitAccount: AccountID, creditAccount: AccountID, amount: Amount, debitItem: OpenItem? = nil,
        creditItem: OpenItem? = nil
    ) {
        self.debitAccount = debitAccount
        self.creditAccount = creditAccount
        self.amount = amount
        self.debitItem = debitItem
        self.creditItem = creditItem
    }
}

extension LedgerTransaction {
    package func write(to columns: inout ColumnWriter) {
        columns.key(id)
        columns.integer(phase.rawValue)
        columns.text(reason.rawValue)
        columns.integer(legCount)
        write(pair, to: &columns)
        columns.key(parent)
        columns.text(externalID?.text)
        columns.date(bookingDate)
        columns.date(valueDate)
        columns.instant(occurredAt)
        columns.instant(expiresAt)
        columns.instant(recordedAt)
        columns.integer(sequence)
    }

    private func write(_ pair: LegPair?, to columns: inout ColumnWriter) {
        guard let pair else {
            for _ in 0..<9 { columns.null() }
            return
        }
        columns.key(pair.debitAccount)
        columns.key(pair.creditAccount)
        columns.integer(pair.amount.minorUnits)
        columns.currency(pair.amount.currency)
        columns.item(pair.debitItem)
        columns.item(pair.creditItem)
    }

    package init(from columns: inout ColumnReader) throws {
        id = try columns.key()
        let phase = columns.integer()
        guard let known = LedgerPhase(rawValue: phase) else { throw UnreadableColumn(name: "phase", text: "\(phase)") }
        self.phase = known
        reason = try columns.named("reason")
        legCount = columns.integer()
        pair = try LegPair(from: &columns)
        parent = columns.optionalKey()
        externalID = try columns.optionalParsed("external_id", ExternalID.init(_:))
        bookingDate = try columns.date("booking_date")
        valueDate = try columns.date("value_date")
        occurredAt = columns.optionalInstant()
        expiresAt = columns.optionalInstant()
        recordedAt = columns.instant()
        sequence = columns.integer()
    }
}

extension LegPair {
    fileprivate init?(from columns: inout ColumnReader) throws {
        guard !columns.isNull else {
            for _ in 0..<9 { _ = columns.optionalInteger() }
            return nil
        }
        debitAccount = try columns.key()
        creditAccount = try columns.key()
        let minorUnits = columns.integer()
        amount = Amount(minorUnits: minorUnits, currency: try columns.currency())
        debitItem = try columns.item()
        creditItem = try columns.item()
    }
}
