import EventLog
import Storage

/// Opens a book for payments: says for ever whether it is a test or a live one. The engine's book is made before.
package struct OpenBook: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let settings: BookSettings
        package let context: EventContext

        package init(book: BookID, settings: BookSettings, context: EventContext) {
            self.book = book
            self.settings = settings
            self.context = context
        }
    }

    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// Opening a book again with the same settings changes nothing: a start that was cut short is simply run again.
    /// - Throws: `BookRejection.alreadyOpened`.
    package func run(_ command: Command) async throws {
        try await database.write(command.book) { work in
            try OpenBook.perform(command, in: &work)
        }
    }

    package static func perform(_ command: Command, in work: inout UnitOfWork) throws {
        if try BookSettings.exists(in: work) {
            guard try BookSettings.find(in: work) == command.settings else {
                throw BookRejection.alreadyOpened(work.bookName)
            }
            return
        }
        work.insert(command.settings)
        work.append(BookOpened(book: work.bookName, settings: command.settings), context: command.context)
    }
}
