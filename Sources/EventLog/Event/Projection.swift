import Storage

/// A read model that is built from events and nothing else, in derived tables of its own. Written where its events are known,
/// and kept up with the log by whoever follows it.
package protocol Projection: Sendable {
    /// Names its cursor; never changed, or the projection is built anew.
    var name: String { get }
    /// Its tables, all derived.
    var tables: [any TableDescription] { get }
    /// What an event will change of its rows; nil for an event that is none of its business. Called before the unit of work:
    /// it reads the event and nothing else.
    func read(_ event: EventDocument) throws -> ProjectedChange?
}

/// What one event changes of a projection's rows. Changes are made in the order of their events, each once: the cursor moves in
/// the same database transaction.
package struct ProjectedChange: Sendable {
    /// The rows it will look for.
    package let expecting: [ExpectedKey]
    package let apply: @Sendable (inout UnitOfWork) throws -> Void

    package init(
        expecting: [ExpectedKey] = [], _ apply: @escaping @Sendable (inout UnitOfWork) throws -> Void
    ) {
        self.expecting = expecting
        self.apply = apply
    }
}
