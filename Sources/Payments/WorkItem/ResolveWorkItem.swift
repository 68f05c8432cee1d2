import EventLog
import Storage

/// Takes a work item off the list because a person has dealt with it. Says nothing about money: whatever was done about that
/// was done by the verb that does it, before.
package struct ResolveWorkItem: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let item: WorkItemID
        package let resolution: WorkItemResolution
        package let context: EventContext

        package init(book: BookID, item: WorkItemID, resolution: WorkItemResolution, context: EventContext) {
            self.book = book
            self.item = item
            self.resolution = resolution
            self.context = context
        }
    }

    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// The same resolution again changes nothing.
    /// - Throws: `WorkItemRejection`.
    package func run(_ command: Command) async throws -> WorkItem {
        try await database.write(command.book, expecting: [.row(WorkItem.self, command.item)]) { work in
            try ResolveWorkItem.perform(command, in: &work)
        }
    }

    package static func perform(_ command: Command, in work: inout UnitOfWork) throws -> WorkItem {
        guard let item = try WorkItemStore.find(command.item, in: work) else {
            throw WorkItemRejection.unknownWorkItem(command.item)
        }
        if let resolution = item.resolution, resolution != command.resolution {
            throw WorkItemRejection.alreadyResolved(item.id, resolution)
        }
        return WorkItemStore.resolve(item, as: command.resolution, in: &work, context: command.context)
    }
}

/// Why something asked of a work item is refused, in the order checked.
package enum WorkItemRejection: Error, Hashable {
    case unknownWorkItem(WorkItemID)
    /// It ended already, and otherwise.
    case alreadyResolved(WorkItemID, WorkItemResolution)
}
