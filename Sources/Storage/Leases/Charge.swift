/// Being in charge of what goes on in a book beside its callers: relaying, projecting, sweeping.
///
/// A process that was stopped and comes back may still believe in a charge it has lost. What it then writes is refused, by the
/// fence, from the first write of its successor on: what it can do at worst is to repeat a publication.
package struct Charge: Sendable, Hashable {
    package let book: BookID
    /// Greater for each holder than for the one before.
    package let fence: Int64

    package init(book: BookID, fence: Int64) {
        self.book = book
        self.fence = fence
    }
}

/// Another process is in charge of a book now; what this one did without knowing it was refused.
package struct ChargeLost: Error, CustomStringConvertible {
    package let book: BookID

    package init(book: BookID) {
        self.book = book
    }

    package var description: String { "another process is in charge of book \(book.rawValue) now" }
}
