import EventLog
import Storage

/// Makes the work items out of the log alone: opened by the member `work_items` of an event of any type, ended by an event
/// of their own.
package struct WorkItemReplay: EventReplayer {
    package init() {}

    package func apply(_ event: EventDocument, in work: inout UnitOfWork) throws {
        if event.type == WorkItemResolved.type { return try resolve(event.content(), at: event.time, in: &work) }
        for opened in try WorkItemMembers(of: event).opened {
            guard try work.find(WorkItem.self, opened.id) == nil else { throw EventRejection.malformed("work_items") }
            work.insert(WorkItem(opened.draft, id: opened.id, openedAt: event.time))
        }
    }

    private func resolve(_ resolved: WorkItemResolved, at moment: Instant, in work: inout UnitOfWork) throws {
        guard var item = try work.find(WorkItem.self, resolved.item), item.state == .open else {
            throw EventRejection.malformed("subject")
        }
        item.resolution = resolved.resolution
        item.resolvedAt = moment
        work.update(item)
    }
}
