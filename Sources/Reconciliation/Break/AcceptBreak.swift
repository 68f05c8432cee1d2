import EventLog
import Payments
import Storage

/// Takes a break as it is, where nothing is open in the books because of it: a fee other than agreed was expensed with its
/// line, and a person has claimed it or changed the terms.
package struct AcceptBreak: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let `break`: BreakID
        package let context: EventContext

        package init(book: BookID, break broken: BreakID, context: EventContext) {
            self.book = book
            self.break = broken
            self.context = context
        }
    }

    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// Accepting one that was accepted changes nothing.
    /// - Throws: `AdjustmentRejection.unknownBreak`, `.breakResolved` or `.stillOpen`.
    package func run(_ command: Command) async throws -> Break {
        try await database.write(command.book, expecting: [.row(Break.self, command.break)]) { work in
            guard let broken = try BreakStore.find(command.break, in: work) else {
                throw AdjustmentRejection.unknownBreak(command.break)
            }
            if broken.resolution == .accepted { return broken }
            if let resolution = broken.resolution { throw AdjustmentRejection.breakResolved(broken.id, resolution) }
            if let open = broken.openAmount { throw AdjustmentRejection.stillOpen(open) }
            return try BreakStore.resolve(broken, as: .accepted, context: command.context, in: &work)
        }
    }
}
