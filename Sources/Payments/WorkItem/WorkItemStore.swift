import EventLog
import Ledger
import Storage

/// Opens, ends and finds work items.
package enum WorkItemStore {
    /// Opens a work item, unless one of this kind is open for this subject: then that one is answered, and nothing is told.
    ///
    /// The item is part of the work that found it, and `journal` carries it into that work's event: whoever calls this
    /// writes `WorkItemMembers(journal)` there, or the log would not tell of it.
    @discardableResult
    package static func open(
        _ draft: WorkItemDraft, in work: inout UnitOfWork, journal: inout WorkItemJournal
    ) throws -> WorkItem {
        if let known = try findOpen(draft.kind, of: draft.subject, in: work) { return known }
        let item = WorkItem(draft, id: work.newIdentifier(), openedAt: work.now)
        work.insert(item)
        journal.note(item)
        return item
    }

    /// Ends a work item, and tells of it in an event of its own. One that has ended stays as it ended.
    package static func resolve(
        _ item: WorkItem, as resolution: WorkItemResolution, in work: inout UnitOfWork, context: EventContext
    ) -> WorkItem {
        guard item.state == .open else { return item }
        var resolved = item
        resolved.resolution = resolution
        resolved.resolvedAt = work.now
        work.update(resolved)
        work.append(WorkItemResolved(item: item.id, resolution: resolution), context: context)
        return resolved
    }

    /// Ends the open item of a kind and subject, if there is one: what it waited for has come.
    package static func settle(
        _ kind: WorkItemKind, of subject: AllowedText, as resolution: WorkItemResolution = .settled,
        in work: inout UnitOfWork, context: EventContext
    ) throws {
        guard let item = try findOpen(kind, of: subject, in: work) else { return }
        _ = resolve(item, as: resolution, in: &work, context: context)
    }

    // MARK: Finding

    package static func find(_ id: WorkItemID, in work: borrowing UnitOfWork) throws -> WorkItem? {
        try work.find(WorkItem.self, id)
    }

    package static func findOpen(
        _ kind: WorkItemKind, of subject: AllowedText, in work: borrowing UnitOfWork
    ) throws -> WorkItem? {
        try work.group(WorkItem.bySubject, subject.text).first { $0.kind == kind && $0.state == .open }
    }

    /// Work items from the oldest on, after `previous`, at most `limit`.
    /// - Parameters:
    ///   - kind: Only those of one kind.
    ///   - subject: Only those about one thing.
    package static func page(
        _ state: WorkItemState, kind: WorkItemKind? = nil, subject: AllowedText? = nil, after previous: WorkItemID?,
        limit: Int, in rows: Rows
    ) throws -> [WorkItem] {
        let condition = """
            resolution IS \(state == .open ? "NULL" : "NOT NULL") AND id > ?2 AND (CAST(?3 AS TEXT) IS NULL OR kind = ?3)
            AND (CAST(?4 AS TEXT) IS NULL OR subject = ?4) ORDER BY id LIMIT ?5
            """
        return try rows.select(
            WorkItem.self, condition,
            [
                .integer(previous?.rawValue ?? 0), kind.map { .text($0.rawValue) } ?? .null,
                subject.map { .text($0.text) } ?? .null,
                .integer(Int64(limit)),
            ])
    }

    /// How many are open of each kind.
    package static func openCounts(in rows: Rows) throws -> [WorkItemKind: Int64] {
        var counts: [WorkItemKind: Int64] = [:]
        let text = "SELECT kind, count(*) FROM work_item WHERE book = ?1 AND resolution IS NULL GROUP BY kind"
        try rows.query(text) { columns in
            let kind: WorkItemKind = try columns.named("kind")
            counts[kind] = columns.integer()
        }
        return counts
    }
}
