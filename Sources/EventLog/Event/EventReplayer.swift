import Storage

/// Makes one module's recorded rows out of the log alone. Written apart from the path that wrote them first, so that
/// comparing the two finds what either has got wrong.
///
/// `summa verify` replays every event, in order, into an empty database through the replayers of all modules, and compares
/// each recorded table with the one in use.
package protocol EventReplayer: Sendable {
    /// Inserts and updates the rows this event accounts for; an event of which nothing is this module's leaves all as it is.
    /// The event itself is appended by the caller. Rows take moments and identifiers from the event, never from `work`.
    /// - Throws: What is wrong with the event, when no rows can be made of it.
    func apply(_ event: EventDocument, in work: inout UnitOfWork) throws
}
