import EventLog
import Storage

/// A read model that is built from events and nothing else, in tables of its own.
package protocol Projection: Sendable {
    /// Names its cursor; never changed, or the projection is built anew.
    var name: String { get }
    /// Its tables, all derived.
    var tables: [any TableDescription] { get }
    /// Changes its rows by one event. Events come in order, each once: the cursor moves in the same database transaction.
    /// An event of a type it does not know is none of its business.
    func apply(_ event: EventDocument, in work: inout UnitOfWork) throws
}
