import Crypto
import EventLog
import Ledger
import Money
import Payments
import Storage

/// Takes in a provider's or a bank's file: reads it whole, books each line, opens a break where one does not agree with the
/// books, and compares what was due with what came.
///
/// The same bytes are one import, however often they come. A file that is torn or does not add up is refused whole, before
/// anything is recorded. If the process dies on the way, the same file again goes on where it stopped: how far a statement is
/// booked is committed with what it books.
package struct ImportStatement: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        /// Whose file it is; a bank's file comes under a provider account whose remittances arrive on that bank account.
        package let providerAccount: PathSegment
        package let bytes: [UInt8]
        package let context: EventContext

        package init(book: BookID, providerAccount: PathSegment, bytes: [UInt8], context: EventContext) {
            self.book = book
            self.providerAccount = providerAccount
            self.bytes = bytes
            self.context = context
        }
    }

    private let database: Database
    /// Lines of one unit of work, or those of one name where these are more.
    static let pageLineCount = 100

    package init(database: Database) {
        self.database = database
    }

    /// - Throws: `StatementRejection` naming the line; `ImportRejection`.
    package func run(_ command: Command) async throws -> ImportedStatement {
        let hash = Array(SHA256.hash(data: command.bytes))
        let (known, terms) = try database.read(command.book) { rows in
            (try rows.find(Statement.byHash, hash), try rows.find(SettlementTerms.self, command.providerAccount.text))
        }
        guard let terms else { throw ImportRejection.unknownProviderAccount(command.providerAccount) }
        if let known, known.isImported {
            return ImportedStatement(statement: try known.checked(against: terms), isRepeat: true)
        }
        let read = try StatementFormats.read(command.bytes)
        try await FollowPayments(database: database).catchUp(command.book)
        let intake = StatementIntake(format: read.format, content: read.content, hash: hash, terms: terms)
        let received = try await database.write(command.book) { work in
            try intake.perform(context: command.context, in: &work)
        }
        try await book(read.content, of: received.statement, terms, command)
        let statement = try await finish(read.content, of: received.statement.id, terms, command)
        try await SpreadReceipts(database: database).catchUp(command.book, context: command.context)
        return ImportedStatement(statement: statement, isRepeat: received.isKnown)
    }

    // MARK: Booking

    private func book(
        _ content: StatementContent, of statement: Statement, _ terms: SettlementTerms, _ command: Command
    ) async throws {
        // What a bank's account held before its first statement was booked when the file was received.
        let openingCount = statement.lineCount - Int64(content.lineCount)
        let pages = StatementPage.pages(
            of: content, after: openingCount, bookedCount: statement.bookedCount, lineCount: Self.pageLineCount)
        for page in pages {
            try await database.write(command.book, expecting: page.expectedKeys(at: terms.providerAccount)) { work in
                guard var statement = try work.find(Statement.self, statement.id) else { return }
                // Somebody else imports the same file, and was faster.
                guard statement.bookedCount == page.start else { return }
                try page.book(statement, terms, context: command.context, in: &work)
                statement.bookedCount = page.end
                work.update(statement)
            }
        }
    }

    private func finish(
        _ content: StatementContent, of id: StatementID, _ terms: SettlementTerms, _ command: Command
    ) async throws -> Statement {
        if case .settlement(let content) = content {
            let missing = MissedMovements(database: database, book: command.book, context: command.context)
            try await missing.open(after: content, of: id, terms)
        }
        return try await database.write(command.book) { work in
            guard var statement = try work.find(Statement.self, id) else { throw StatementVanished(id: id) }
            // Somebody else imports the same file, and was faster.
            if statement.isImported { return statement }
            if case .settlement(let content) = content {
                for totals in content.remittances {
                    let name = PairKey(terms.providerAccount.text, totals.reference.text)
                    guard let remittance = try work.find(Remittance.byName, name) else { continue }
                    try RemittanceReview.settle(remittance, by: statement, context: command.context, in: &work)
                }
            }
            statement.importedAt = work.now
            work.update(statement)
            work.append(StatementImported(id: id), context: command.context)
            return statement
        }
    }
}

/// A statement that was received has no row any more: another hand was in the database. `verify` says what is missing.
package struct StatementVanished: Error, Hashable {
    package let id: StatementID
}

/// A statement that is booked to its end.
package struct ImportedStatement: Hashable, Sendable {
    package let statement: Statement
    /// Whether the same file had come before; it changed nothing then, or was booked to its end now.
    package let isRepeat: Bool
}

/// Why a file that is whole was refused, in the order checked. Nothing of it is recorded.
package enum ImportRejection: Error, Hashable {
    /// Nobody has said how this provider settles: no such account, or no terms.
    case unknownProviderAccount(PathSegment)
    /// The same bytes came before as somebody else's file.
    case belongsElsewhere(StatementID, StatementSource)
    /// Another file came under the same name: one of the two is wrong.
    case nameTaken(StatementReference, by: StatementID)
    /// A line is about more money than can be reckoned with.
    case amountOutOfRange(line: Int64)
    /// The bank's opening balance is not the closing balance of its last file: one is missing, or comes twice.
    case balanceDoesNotFollow(last: Amount, opening: Amount)
    /// A remittance we know by this name has another currency, or a sum that does not fit.
    case remittanceConflicts(StatementReference)
}
