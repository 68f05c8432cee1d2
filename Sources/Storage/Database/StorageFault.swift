/// The world failing underneath the engine. Never the business saying no.
package enum StorageFault: Error, Sendable {
    /// SQLite refused a statement; the code is its extended result code.
    case sqlite(code: Int32, message: String)
    /// PostgreSQL refused a statement; the state is its five-character code.
    case postgres(state: String, message: String)
    /// No database server answers. Nothing was done.
    case unreachable(String)
    /// The connection ended before the commit was sent. Nothing was done.
    case connectionLost(String)
    /// The connection ended while a commit was under way: it may have happened or not. Only the database can tell.
    case outcomeUnknown(String)
    /// Another process was in the way for too long, or the two waited for each other. Nothing was done.
    case contention(String)
    /// A constraint or trigger refused a row: the doing of one body, which fails alone.
    case constraint(String)
    /// No room on the disk: nothing was written, reads go on.
    case diskFull
    /// A commit or sync failed: what is on disk is unknown, and the process must not go on.
    case notDurable(String)
    /// The files cannot be read or written, or hold what SQLite never wrote. The process must not go on.
    case damaged(String)
    /// The log's head, its tree or the rows are not what was written; the sentence tells how. Nothing may be built on them.
    case disagrees(String)
    /// The queue is full. Nothing was done; the caller may come back.
    case overloaded
    /// The engine has been stopped and takes no more work.
    case stopped
    /// A read held its snapshot for longer than one may live. Read page by page.
    case readTooLong
    /// There is no book of this id.
    case unknownBook(BookID)
    /// A stored row that its type cannot read.
    case unreadableRow(table: String, cause: String)
    /// The files cannot be opened as asked; the sentence tells why and what to do.
    case cannotOpen(String)

    /// A constraint, trigger or the like refused this statement: one body's doing, not the database's state.
    var isStatementFailure: Bool {
        switch self {
        // Code 1 is SQL that makes no sense to SQLite: as much one body's as a constraint is.
        case .sqlite(let code, _): code & 0xFF == 1
        case .constraint, .unreadableRow, .postgres: true
        default: false
        }
    }

    /// The same batch may succeed when it is run again: nothing of it happened, and nothing was wrong with it.
    var isPassing: Bool {
        switch self {
        case .unreachable, .connectionLost, .contention: true
        default: false
        }
    }

    /// Stopping is safer than a wrong ledger.
    var stopsProcess: Bool {
        switch self {
        case .notDurable, .damaged, .disagrees: true
        default: false
        }
    }
}

extension StorageFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .sqlite(let code, let message): "SQLite error \(code): \(message)"
        case .postgres(let state, let message): "PostgreSQL error \(state): \(message)"
        case .unreachable(let message): "no database server answers: \(message)"
        case .connectionLost(let message): "the connection to the database was lost: \(message)"
        case .outcomeUnknown(let message): "it is not known whether this was committed: \(message)"
        case .contention(let message): "another process was in the way: \(message)"
        case .constraint(let message): "refused by the database: \(message)"
        case .diskFull: "the disk is full"
        case .notDurable(let message): "a commit did not reach the disk: \(message)"
        case .damaged(let message): "the database cannot be trusted: \(message)"
        case .disagrees(let sentence): "the database disagrees with what was written to it: \(sentence)"
        case .overloaded: "too many callers are waiting"
        case .readTooLong: "a read took too long and was cut off"
        case .stopped: "the engine is stopped"
        case .unknownBook(let book): "no book \(book.rawValue)"
        case .unreadableRow(let table, let cause): "a row of \(table) cannot be read: \(cause)"
        case .cannotOpen(let sentence): sentence
        }
    }
}
