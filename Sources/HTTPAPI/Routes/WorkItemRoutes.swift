import EventLog
import JSON
import Payments
import Storage

/// What waits for a person.
struct WorkItemRoutes {
    let services: Services

    var routes: [Route] {
        [
            .get("/v1/work_items", .read, list).readingQuery,
            .post("/v1/work_items/{id}/resolve", .resolveWorkItems, resolve),
        ]
    }

    /// The open ones unless told otherwise, the oldest first.
    @Sendable private func list(_ call: Call, _ principal: Principal) async throws -> Answer {
        var query = try call.queryFields()
        let page = try query.page(by: WorkItemID.self)
        let state = try query.value("state", "open or resolved", WorkItemState.init(rawValue:)) ?? .open
        let kind = try query.value("kind", "one of \(WorkItemKind.names)", WorkItemKind.init(rawValue:))
        let subject = try query.value("subject", "an identifier") { AllowedText($0) }
        try query.finish()
        try await services.waitForMinimum(of: call, in: principal.book)
        let now = services.clock.now
        return try services.database.read(principal.book) { rows in
            let items = try WorkItemStore.page(
                state, kind: kind, subject: subject, after: page.after, limit: page.readCount, in: rows)
            return .json(
                .ok, page.body(items, asOf: rows.asOf, position: \.id.description) { $1.members(of: $0, at: now) })
        }
    }

    /// A person says that it is dealt with, or that nothing is to be done.
    @Sendable private func resolve(_ call: Call, _ principal: Principal) async throws -> Answer {
        guard let id = WorkItemID(text: call.parameters["id"]) else { throw Problem(.workItemNotFound) }
        var fields = try call.fields()
        let resolution = try fields.parsed("resolution", "done or dismissed") { text in
            WorkItemResolution(rawValue: text).flatMap { [.done, .dismissed].contains($0) ? $0 : nil }
        }
        try fields.finish()
        let item = try await ResolveWorkItem(database: services.database).run(
            .init(book: principal.book, item: id, resolution: resolution, context: call.context(principal)))
        let now = services.clock.now
        return .json(.ok, JSONWriter.object { $0.members(of: item, at: now) })
    }
}

extension JSONWriter {
    fileprivate mutating func members(of item: WorkItem, at now: Instant) {
        field("id", item.id.description)
        field("kind", item.kind.rawValue)
        field("subject", item.subject.text)
        field("amount", orNull: item.amount?.minorUnits)
        field("currency", orNull: item.amount?.currency.description)
        field("next_action", item.nextAction.rawValue)
        field("state", item.state.rawValue)
        field("resolution", orNull: item.resolution?.rawValue)
        field("opened_at", item.openedAt.description)
        field("resolved_at", orNull: item.resolvedAt?.description)
        // Of one that is over: how long it waited.
        field("age_seconds", item.age(at: item.resolvedAt ?? now).microseconds / 1_000_000)
    }
}

extension WorkItemKind {
    fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
