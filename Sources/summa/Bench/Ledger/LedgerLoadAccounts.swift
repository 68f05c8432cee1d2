import EventLog
import Ledger
import Storage

/// The accounts that loads go between.
extension LedgerLoad {
    /// Makes a book in an empty database, whether or not that has a thread of its own, and opens accounts in it.
    static func accounts(
        _ count: Int, in database: Database, of book: BookID = Self.book, named name: String = Founding.bookName
    ) async throws -> [AccountID] {
        try await step(database) { database.enqueueCreation(of: book, named: name, completion: $0) }
        return try await openAccounts(count, in: database, of: book)
    }

    static func openAccounts(
        _ count: Int, in database: Database, of book: BookID = Self.book
    ) async throws -> [AccountID] {
        var accounts: [AccountID] = []
        for first in stride(from: 0, to: count, by: pageLength) {
            let paths = (first..<min(first + pageLength, count)).compactMap { AccountPath("bench:\($0):EUR") }
            accounts += try await step(database) { completion in
                database.enqueue(book, body: { try open(paths, of: book, in: &$0) }, completion: completion)
            }
        }
        return accounts
    }

    /// The accounts that another process opened.
    static func openedAccounts(in database: Database, of book: BookID) throws -> [AccountID] {
        var accounts: [AccountID] = []
        while true {
            let page = try database.read(book) {
                try LedgerQueries($0).accounts(after: accounts.last, limit: pageLength)
            }
            accounts += page.map(\.id)
            guard page.count == pageLength else { return accounts }
        }
    }

    private static let pageLength = 1_000

    private static func open(_ paths: [AccountPath], of book: BookID, in work: inout UnitOfWork) throws -> [AccountID] {
        try paths.map { path in
            let draft = try AccountDraft(path: path, type: .liability, currency: .eur)
            return try OpenAccount.perform(.init(book: book, draft: draft, context: context), in: &work).id
        }
    }

    private static func step<T: Sendable>(
        _ database: Database, _ enqueue: (@escaping @Sendable (Result<T, any Error>) -> Void) -> Void
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            enqueue { continuation.resume(with: $0) }
            if !database.hasOwnThread { database.runBatch() }
        }
    }
}

extension Database {
    /// How many events a bench's books have.
    func benchEventCount(of books: [BookID] = [LedgerLoad.book]) throws -> Int64 {
        try books.reduce(0) { try $0 + read($1) { $0.asOf } }
    }
}
