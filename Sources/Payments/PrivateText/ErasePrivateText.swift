import EventLog
import Storage

/// Erases the private texts of a subject for good: its data key is destroyed, and that it was is told for ever.
package struct ErasePrivateText: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let subject: AllowedText
        package let context: EventContext

        package init(book: BookID, subject: AllowedText, context: EventContext) {
            self.book = book
            self.subject = subject
            self.context = context
        }
    }

    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// Erasing what is erased already changes nothing.
    /// - Throws: `PrivateTextRejection`.
    package func run(_ command: Command) async throws {
        try await database.write(command.book) { work in
            try ErasePrivateText.perform(command, in: &work)
        }
    }

    package static func perform(_ command: Command, in work: inout UnitOfWork) throws {
        if try PrivateTextStore.isErased(command.subject, in: work) { return }
        guard try PrivateTextStore.destroyKey(of: command.subject, in: &work) else {
            throw PrivateTextRejection.nothingKept(command.subject)
        }
        work.append(PrivateTextErased(of: command.subject), context: command.context)
    }
}

package enum PrivateTextRejection: Error, Hashable {
    /// No text of this subject is kept, and none was.
    case nothingKept(AllowedText)
}
