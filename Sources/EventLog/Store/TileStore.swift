import Storage

/// The stored hashes of a book, as one snapshot shows them: leaves are hashed from the events' bytes, which are there anyway.
extension Rows: TileSource {
    package func hashes(tileLevel: Int, in places: Range<UInt64>) throws -> [TreeHash] {
        guard let first = Int64(exactly: places.lowerBound), !places.isEmpty, places.upperBound <= asOf.magnitude else {
            return []
        }
        return tileLevel == 0
            ? try leaves(after: first, limit: places.count)
            : try tileHashes(level: Int64(tileLevel), from: first, limit: places.count)
    }

    /// Stops short of a gap, which the caller sees by the count.
    private func leaves(after sequence: Int64, limit: Int) throws -> [TreeHash] {
        var hashes: [TreeHash] = []
        hashes.reserveCapacity(limit)
        try events(after: sequence, limit: limit) { found, bytes in
            if found == sequence + Int64(hashes.count) + 1 { hashes.append(.leaf(bytes)) }
        }
        return hashes
    }

    private func tileHashes(level: Int64, from index: Int64, limit: Int) throws -> [TreeHash] {
        var hashes: [TreeHash] = []
        let text = """
            SELECT tile_index, hashes FROM tile
            WHERE book = ?1 AND level = ?2 AND tile_index >= ?3 ORDER BY tile_index LIMIT ?4
            """
        try query(text, [.integer(level), .integer(index), .integer(Int64(limit))]) { columns in
            let found = columns.integer()
            guard found == index + Int64(hashes.count), let hash = TreeHash(columns.bytes()) else { return }
            hashes.append(hash)
        }
        return hashes
    }
}
