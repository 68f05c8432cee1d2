/// The statements on the engine's own tables, in PostgreSQL's words.
enum PostgresSchema {
    static let lockHead = "\(StorageSchema.selectHead) FOR UPDATE"
    static let insertHead = PostgresCount.demand("1", of: StorageSchema.insertHead)
    static let updateHead = PostgresCount.demand("1", of: StorageSchema.updateHead)
    static let insertEvent = PostgresCount.demandEach(
        of: """
            INSERT INTO event (book, sequence, bytes)
            SELECT ?1, u.* FROM \(PostgresText.unnest([.integer, .bytes], from: 2)) AS u
            """)
    static let insertTile = PostgresCount.demandEach(
        of: """
            INSERT INTO tile (book, level, tile_index, hashes)
            SELECT ?1, u.* FROM \(PostgresText.unnest([.integer, .integer, .bytes], from: 2)) AS u
            """)
}

extension PostgresResult {
    /// The one head a look-up answered; nil where it answered none.
    var head: Head? { heads.first }

    var heads: [Head] {
        var heads: [Head] = []
        forEach { heads.append(StorageSchema.head(from: &$0)) }
        return heads
    }
}
