/// A place outside the database where signed checkpoints are put: who rewrites the database cannot rewrite them too.
///
/// What is put there must be durable when `put` returns, since a checkpoint is published only after that.
package protocol CheckpointPlace: Sendable {
    /// The last checkpoint of each log that was put here.
    func latest() throws -> [SignedNote]
    /// Puts a checkpoint that is later than those of the same log before it.
    func put(_ note: SignedNote) throws
}

/// The world failing under a place. Nothing was published; the next step tries again.
package struct CheckpointPlaceFault: Error, CustomStringConvertible {
    /// What could not be done, and where.
    package let description: String

    package init(description: String) {
        self.description = description
    }
}
