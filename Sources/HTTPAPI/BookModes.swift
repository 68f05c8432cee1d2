import Payments
import Storage
import Synchronization

/// Whether each book is a test or a live one. A book is that for ever, so it is read once.
package final class BookModes: Sendable {
    private let database: Database
    private let known = Mutex<[BookID: BookMode]>([:])

    package init(database: Database) {
        self.database = database
    }

    /// - Throws: `BookRejection.notOpened`.
    package func mode(of book: BookID) throws -> BookMode {
        if let mode = known.withLock({ $0[book] }) { return mode }
        let mode = try database.read(book) { try BookSettings.find(in: $0) }.mode
        known.withLock { $0[book] = mode }
        return mode
    }
}
