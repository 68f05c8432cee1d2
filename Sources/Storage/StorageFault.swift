/// The world failing underneath the engine. Never the business saying no.
package enum StorageFault: Error, Sendable {
    /// SQLite refused a statement; the code is its extended result code.
    case sqlite(code: Int32, message: String)
    /// No room on the disk: nothing was written, reads go on.
    case diskFull
    /// A commit or sync failed: what is on disk is unknown, and the process must not go on.
    case notDurable(String)
    /// The log's head or tree disagrees with itself; the sentence tells how. Nothing may be built on it.
    case disagrees(String)
    /// The queue is full. Nothing was done; the caller may come back.
    case overloaded
    /// The engine has been stopped and takes no more work.
    case stopped
    /// There is no book of this id.
    case unknownBook(BookID)
    /// A stored row that its type cannot read.
    case unreadableRow(table: String, cause: String)
    /// The files cannot be opened as asked; the sentence tells why and what to do.
    case cannotOpen(String)

    /// Stopping is safer than a wrong ledger.
    var stopsProcess: Bool {
        switch self {
        case .notDurable, .disagrees: true
        default: false
        }
    }

    /// A constraint, trigger or the like refused this statement: one body's doing, not the database's state.
    var isStatementFailure: Bool {
        switch self {
        case .sqlite(let code, _): [19, 1, 20].contains(code & 0xFF)
        case .unreadableRow: true
        default: false
        }
    }
}

extension StorageFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .sqlite(let code, let message): "SQLite error \(code): \(message)"
        case .diskFull: "the disk is full"
        case .notDurable(let message): "a commit did not reach the disk: \(message)"
        case .disagrees(let sentence): "the log disagrees with itself: \(sentence)"
        case .overloaded: "too many callers are waiting"
        case .stopped: "the engine is stopped"
        case .unknownBook(let book): "no book \(book.rawValue)"
        case .unreadableRow(let table, let cause): "a row of \(table) cannot be read: \(cause)"
        case .cannotOpen(let sentence): sentence
        }
    }
}
