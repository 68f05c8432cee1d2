import EventLog
import Money
import Storage

/// A work item that is to be opened.
package struct WorkItemDraft: Hashable, Sendable {
    package let kind: WorkItemKind
    package let subject: AllowedText
    package let amount: Amount?
    package let nextAction: WorkItemAction

    /// - Parameter nextAction: Nil for what the kind usually asks.
    package init(
        _ kind: WorkItemKind, of subject: AllowedText, amount: Amount? = nil, nextAction: WorkItemAction? = nil
    ) {
        self.kind = kind
        self.subject = subject
        self.amount = amount
        self.nextAction = nextAction ?? kind.usualAction
    }

    /// About a thing of ours.
    package init(
        _ kind: WorkItemKind, of subject: some Identifier, amount: Amount? = nil, nextAction: WorkItemAction? = nil
    ) {
        self.init(kind, of: AllowedText(subject), amount: amount, nextAction: nextAction)
    }
}

extension AllowedText {
    /// An identifier's text form, which is always allowed.
    package init(_ identifier: some Identifier) {
        guard let text = AllowedText(identifier.description) else {
            preconditionFailure("identifiers are written in the alphabet of events")
        }
        self = text
    }
}

/// The work items a unit of work has opened so far, for the one event that tells why.
package struct WorkItemJournal: Hashable, Sendable {
    package private(set) var opened: [WorkItem] = []

    package init() {}

    package var isEmpty: Bool { opened.isEmpty }

    mutating func note(_ item: WorkItem) { opened.append(item) }
}
