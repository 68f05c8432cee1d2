/// Marks logs that were put back from a backup: what was answered after it and never signed, nothing else tells.
///
/// The mark is in the database, so that it goes wherever that goes: to another process's data directory, into a dump, back to
/// an earlier moment. It names the epoch the log was in, and holds as long as the head is in that epoch. So it ends in the very
/// commit that begins the next one, and holds again if the database goes back to before that.
package enum RestoredMark {
    /// Marks every log of a database, in words that both databases know. Done again, it changes nothing.
    package static let markAll = """
        INSERT INTO restored_log (book, epoch) SELECT book, epoch FROM head WHERE true ON CONFLICT DO NOTHING
        """
}

extension Rows {
    /// Whether the log was put back from a backup and has begun no epoch since: nobody else may write to its book.
    package var isRestored: Bool {
        get throws {
            var isMarked = false
            let text = "SELECT 1 FROM restored_log WHERE book = ?1 AND epoch = ?2"
            try query(text, [.integer(head.epoch)]) { _ in isMarked = true }
            return isMarked
        }
    }
}
