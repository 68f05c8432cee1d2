import EventLog
import JSON
import Money
import Storage

/// What an event tells of the work items its cause opened: its member `work_items`, which an event of any module may carry.
/// Each is told in exactly one event, the one that says why it waits; its age counts from that event's time.
package struct WorkItemMembers: Hashable, Sendable {
    package let opened: [OpenedWorkItem]

    package init(opened: [OpenedWorkItem] = []) {
        self.opened = opened
    }

    package init(_ journal: WorkItemJournal) {
        opened = journal.opened.map(OpenedWorkItem.init)
    }

    package static let fields = [
        EventField("work_items", .list(.object(OpenedWorkItem.fields)), optional: true, "what waits for a person now")
    ]
}

/// A work item as the event that opened it tells of it.
package struct OpenedWorkItem: Hashable, Sendable {
    package let id: WorkItemID
    package let draft: WorkItemDraft

    package init(_ item: WorkItem) {
        id = item.id
        draft = WorkItemDraft(item.kind, of: item.subject, amount: item.amount, nextAction: item.nextAction)
    }

    fileprivate static let fields = [
        EventField("id", .identifier(WorkItemID.prefix), "the work item"),
        EventField("kind", .oneOf(WorkItemKind.allCases.map(\.rawValue)), "why it waits"),
        EventField("subject", .text, "the identifier of what it is about"),
        EventField("amount", .integer, optional: true, "how much money it is about, in minor units"),
        EventField("currency", .text, optional: true, "the amount's currency"),
        EventField("exponent", .integer, optional: true, "digits after the point: what the amount's minor unit is"),
        EventField("next_action", .oneOf(WorkItemAction.allCases.map(\.rawValue)), "what whoever takes it does next"),
    ]
}

// MARK: Writing and reading

extension WorkItemMembers {
    package func write(to data: inout JSONWriter) {
        guard !opened.isEmpty else { return }
        data.beginArray("work_items")
        for item in opened { item.write(to: &data) }
        data.endArray()
    }

    /// - Throws: `JSONFieldError` or `EventRejection.malformed`, naming the first member that is not as published.
    package init(from data: inout JSONFields) throws {
        let elements = try data.optionalArray("work_items", maxCount: .max) ?? []
        opened = try elements.enumerated().map { place, element in
            try OpenedWorkItem(JSONFields(element, at: data.path.member("work_items").element(place)))
        }
    }

    /// The members of an event of any type.
    package init(of event: EventDocument) throws {
        var fields = try JSONFields(event.data())
        try self.init(from: &fields)
    }
}

extension OpenedWorkItem {
    fileprivate func write(to data: inout JSONWriter) {
        data.beginObject()
        data.field("id", id.description)
        data.field("kind", draft.kind.rawValue)
        data.field("subject", draft.subject.text)
        data.field("amount", ifPresent: draft.amount?.minorUnits)
        data.field("currency", ifPresent: draft.amount?.currency.description)
        data.field("exponent", ifPresent: draft.amount.map { Int64($0.currency.exponent) })
        data.field("next_action", draft.nextAction.rawValue)
        data.endObject()
    }

    fileprivate init(_ object: JSONFields) throws {
        var fields = object
        id = try fields.logged("id", WorkItemID.init(text:))
        let kind = try fields.logged("kind", WorkItemKind.init(rawValue:))
        let subject = try fields.logged("subject") { AllowedText($0) }
        let amount = try fields.optionalLoggedAmount()
        let nextAction = try fields.logged("next_action", WorkItemAction.init(rawValue:))
        draft = WorkItemDraft(kind, of: subject, amount: amount, nextAction: nextAction)
        try fields.finish()
    }
}
