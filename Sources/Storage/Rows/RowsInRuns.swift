/// Finding rows of a snapshot by keys that stand in runs, which may know of rows this snapshot does not show: they are passed over.
extension Rows {
    func find<R: Row, Value: RowKey>(
        _ key: UniqueKey<R, Value>, _ value: Value, _ hash: UInt64, in runs: TableRuns<R>
    ) throws -> R? {
        for id in try runs.find(key: R.table.place(inRuns: key), hash) {
            guard let id = R.Key(internalID: id), let row = try find(R.self, id), let other = key.value(row) else {
                continue
            }
            if Value.isSame(other, value) { return row }
        }
        return nil
    }

    /// The internal ids of rows under a list's value, the latest first, none above `through`, at most `limit`; each once. A few
    /// may be of rows this snapshot does not show.
    package func page<R: Row, Value: Identifier>(
        of key: ListKey<R, Value>, _ value: Value, through: Int64, limit: Int
    ) throws -> [Int64] {
        guard let runs = runs?.of(R.self) else { return try pageOfIndexes(key, value, through: through, limit: limit) }
        var hash = runs.hashStart(of: book)
        value.add(to: &hash)
        return try runs.find(key: R.table.place(inRuns: key), hash.value, through: through, limit: limit)
    }

    /// The same by an index of each column.
    private func pageOfIndexes<R: Row, Value: Identifier>(
        _ key: ListKey<R, Value>, _ value: Value, through: Int64, limit: Int
    ) throws -> [Int64] {
        let id = R.table.keyColumns[0]
        var ids: Set<Int64> = []
        for column in key.columns {
            let text = """
                SELECT DISTINCT \(id) FROM \(R.table.name) WHERE book = ?1 AND \(column) = ?2 AND \(id) <= ?3
                ORDER BY \(id) DESC LIMIT ?4
                """
            try query(text, [.integer(value.rawValue), .integer(through), .integer(Int64(limit))]) {
                ids.insert($0.integer())
            }
        }
        return Array(ids.sorted(by: >).prefix(limit))
    }
}
