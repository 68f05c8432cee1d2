import EventLog
import Ledger
import Money
import Storage

/// Something that waits for a person: what is wrong, with what, since when, and what to do next.
///
/// Everything that no rule may decide alone ends here and nowhere else, so that one list shows all that is open.
package struct WorkItem: Row, Hashable {
    package let id: WorkItemID
    package let kind: WorkItemKind
    /// The identifier of what it is about: a payment, a notification, a break, a ledger transaction.
    package let subject: AllowedText
    /// How much money it is about, where that can be said.
    package let amount: Amount?
    package let nextAction: WorkItemAction
    /// Its age counts from here.
    package let openedAt: Instant
    /// Nil while it is open.
    package var resolution: WorkItemResolution?
    package var resolvedAt: Instant?

    package init(_ draft: WorkItemDraft, id: WorkItemID, openedAt: Instant) {
        self.id = id
        kind = draft.kind
        subject = draft.subject
        amount = draft.amount
        nextAction = draft.nextAction
        self.openedAt = openedAt
    }

    package var key: WorkItemID { id }
    package var state: WorkItemState { resolution == nil ? .open : .resolved }

    package func age(at now: Instant) -> Instant.Span { now.since(openedAt) }
}

package enum WorkItemState: String, Hashable, Sendable, CaseIterable {
    case open
    case resolved
}

/// How a work item ended.
package enum WorkItemResolution: String, Hashable, Sendable, CaseIterable {
    /// The world settled it before a person did: the provider answered after all, the payment appeared.
    case settled
    /// A person did what was to be done.
    case done
    /// An adjustment was approved and posted.
    case adjusted
    /// A person decided that nothing is to be done.
    case dismissed
}

extension WorkItem {
    /// All items of one subject. It is a small group: whatever is wrong with one payment.
    package static let bySubject = GroupKey<WorkItem, String>("subject", columns: ["subject"]) { $0.subject.text }

    package static let table = TableDefinition<WorkItem>(
        "work_item", .recorded,
        columns: [
            .integer("id"),
            .text("kind", check: "length(kind) BETWEEN 1 AND 32"),
            .text("subject", check: "length(subject) BETWEEN 1 AND 128"),
            .integer("amount_minor", optional: true),
            .text("currency", optional: true),
            .integer("exponent", optional: true, check: "exponent BETWEEN 0 AND 9"),
            .text("next_action", check: "length(next_action) BETWEEN 1 AND 32"),
            .integer("opened_at"),
            .text("resolution", optional: true, check: "resolution IN ('settled', 'done', 'adjusted', 'dismissed')"),
            .integer("resolved_at", optional: true),
        ],
        checks: [
            "(amount_minor IS NULL) = (currency IS NULL)", "(amount_minor IS NULL) = (exponent IS NULL)",
            "(resolution IS NULL) = (resolved_at IS NULL)",
        ],
        groupKeys: [bySubject])

    package func write(to columns: inout ColumnWriter) {
        columns.key(id)
        columns.text(kind.rawValue)
        columns.text(subject.text)
        columns.amount(amount)
        columns.text(nextAction.rawValue)
        columns.instant(openedAt)
        columns.text(resolution?.rawValue)
        columns.instant(resolvedAt)
    }

    package init(from columns: inout ColumnReader) throws {
        id = try columns.key()
        kind = try columns.named("kind")
        subject = try columns.parsed("subject") { AllowedText($0) }
        amount = try columns.optionalAmount()
        nextAction = try columns.named("next_action")
        openedAt = columns.instant()
        resolution = try columns.optionalParsed("resolution", WorkItemResolution.init(rawValue:))
        resolvedAt = columns.optionalInstant()
    }
}

extension ColumnWriter {
    /// Three columns, `amount_minor, currency, exponent`; all null without an amount.
    fileprivate mutating func amount(_ amount: Amount?) {
        guard let amount else {
            for _ in 0..<3 { null() }
            return
        }
        integer(amount.minorUnits)
        currency(amount.currency)
    }
}

extension ColumnReader {
    fileprivate mutating func optionalAmount() throws -> Amount? {
        guard let minorUnits = optionalInteger() else {
            _ = (optionalText(), optionalInteger())
            return nil
        }
        return Amount(minorUnits: minorUnits, currency: try currency())
    }
}
