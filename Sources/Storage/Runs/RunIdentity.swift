/// What a run's file must say of itself to be believed: which run of which database it is.
package struct RunIdentity: Equatable, Sendable {
    /// The run's number among all of its database, from 1.
    let number: Int64
    let table: String
    let seed: UInt64
    /// In the order of their books.
    let ranges: [RunRange]

    /// Raised when what a file holds, or the way a key is hashed, changes: older files are then made anew.
    private static let version: Int64 = 1

    var fileName: String { "\(table)-\(number).run" }

    /// One number for all of it, written into the file.
    var sum: UInt64 {
        var hash = KeyHash(book: BookID(rawValue: number), seed: seed)
        hash.integer(Self.version)
        table.add(to: &hash)
        for range in ranges {
            hash.integer(range.book.rawValue)
            hash.integer(range.after)
            hash.integer(range.through)
        }
        return hash.value
    }
}
