import Storage

/// The three kinds of log, each a book of the engine with its own head, sequence and tree. Which one a book is, its number
/// says and nothing else: a name is its tenant's to choose.
extension BookID {
    /// The installation's own log: failed authentications and forged callbacks, as counts. No tenant's.
    package static let system = BookID(rawValue: 0)
    package static let systemName = "system"

    /// The tenant's restricted log: keys and roles, later cases and access reviews. Never relayed, own read rights.
    ///
    /// Its number is the tenant's with one bit set, so that neither needs a table to find the other.
    package var restricted: BookID {
        precondition(isTenant, "only a tenant's book has a restricted log")
        return BookID(rawValue: rawValue | Self.restrictedBit)
    }

    /// Whether this is a tenant's own book: neither the installation's nor a restricted log.
    package var isTenant: Bool { rawValue > 0 && rawValue < Self.restrictedBit }

    package static func restrictedName(of book: String) -> String { book + ".restricted" }

    private static let restrictedBit: Int64 = 1 << 40
}
