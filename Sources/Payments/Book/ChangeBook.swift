import EventLog
import Storage

/// Gives a book other policies. They bind requests from then on; what was asked before is not asked again.
package struct ChangeBook: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let merchantDebt: MerchantDebtPolicy
        package let context: EventContext

        package init(book: BookID, merchantDebt: MerchantDebtPolicy, context: EventContext) {
            self.book = book
            self.merchantDebt = merchantDebt
            self.context = context
        }
    }

    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// What is so already stays, and no event tells of it.
    /// - Throws: `BookRejection.notOpened`.
    package func run(_ command: Command) async throws -> BookSettings {
        try await database.write(command.book) { work in
            try ChangeBook.perform(command, in: &work)
        }
    }

    package static func perform(_ command: Command, in work: inout UnitOfWork) throws -> BookSettings {
        var settings = try BookSettings.find(in: work)
        guard settings.merchantDebt != command.merchantDebt else { return settings }
        settings.merchantDebt = command.merchantDebt
        work.update(settings)
        work.append(BookChanged(book: work.bookName, merchantDebt: command.merchantDebt), context: command.context)
        return settings
    }
}
