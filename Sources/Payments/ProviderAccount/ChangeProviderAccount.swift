import EventLog
import Ledger
import Storage

/// Agrees other terms with a provider, or closes or reopens an account for charges. Payments made before go on.
package struct ChangeProviderAccount: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let code: PathSegment
        /// Nil to leave them as they are.
        package let terms: ProviderAccountTerms?
        package let isOpen: Bool?
        package let context: EventContext

        package init(
            book: BookID, code: PathSegment, terms: ProviderAccountTerms? = nil, isOpen: Bool? = nil,
            context: EventContext
        ) {
            self.book = book
            self.code = code
            self.terms = terms
            self.isOpen = isOpen
            self.context = context
        }
    }

    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// What is so already stays, and no event tells of it.
    /// - Throws: `ProviderAccountRejection.unknownProviderAccount`.
    package func run(_ command: Command) async throws -> ProviderAccount {
        let keys = [ProviderAccountStore.expectedKey(command.code)]
        return try await database.write(command.book, expecting: keys) { work in
            let known = try ProviderAccountStore.find(command.code, in: work)
            var account = known
            account.terms = command.terms ?? known.terms
            account.isOpen = command.isOpen ?? known.isOpen
            guard account != known else { return known }
            work.update(account)
            work.append(ProviderAccountChanged(account), context: command.context)
            return account
        }
    }
}
