/// Which process is in charge of which books, as all processes see it. Timed by the database's clock, so that no two processes
/// need agree about the time.
package protocol LeaseTable: AnyObject {
    /// Renews what this process holds, gives up what is more than its share, and takes what nobody holds up to its share.
    /// - Parameters:
    ///   - process: This process's number.
    ///   - url: Where callers reach this process, for others to tell.
    func renew(_ process: Int64, at url: String?, for span: Instant.Span) throws(StorageFault) -> LeaseShares
    /// Gives up everything, as a process does that ends: others need not wait for it to be missed.
    func giveUp(_ process: Int64) throws(StorageFault)
}

/// Who is in charge of which groups of books, just after a renewal.
package struct LeaseShares: Sendable, Equatable {
    /// The groups this process holds, each with its fence: a number that grows whenever a group changes hands.
    package var fences: [Int64: Int64] = [:]
    /// Where callers reach the processes that hold the others, as far as they told.
    package var urls: [Int64: String] = [:]

    package init() {}
}

/// Books are led in groups, so that a lease costs the same whether there are ten books or a million.
package enum BookGroup {
    package static let count: Int64 = 64

    /// The group a book belongs to, from 0 to 63.
    package static func of(_ book: BookID) -> Int64 {
        Int64(UInt64(bitPattern: book.rawValue) % UInt64(count))
    }
}
