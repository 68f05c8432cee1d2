/// Finding rows by unique keys that stand in runs: candidates come by hash, and each is looked at.
extension BookRun {
    func runs<R: Row>(of type: R.Type) -> TableRuns<R>? { runs?.of(type) }

    func find<R: Row, Value: RowKey>(
        _ key: UniqueKey<R, Value>, _ value: Value, in runs: TableRuns<R>
    ) throws -> R? {
        for id in try candidates(key, value, in: runs) {
            guard let row = try find(R.self, id), let other = key.value(row) else { continue }
            if Value.isSame(other, value) { return row }
        }
        return nil
    }

    /// Whether another row, of this batch or one before, has the value of this one. Nothing but this keeps a value from being
    /// had twice where the database has no unique index.
    func hasOther<R: Row, Value: RowKey>(_ row: R, of key: UniqueKey<R, Value>) throws -> Bool {
        guard let runs = runs(of: R.self), let value = key.value(row) else { return false }
        return try candidates(key, value, in: runs).contains { id in
            guard !R.Key.isSame(id, row.key), let other = try find(R.self, id) else { return false }
            return key.value(other).map { Value.isSame($0, value) } ?? false
        }
    }

    private func candidates<R: Row, Value: RowKey>(
        _ key: UniqueKey<R, Value>, _ value: Value, in runs: TableRuns<R>
    ) throws -> [R.Key] {
        let index = unsafeDowncast(state.cache(of: R.self).index(key), to: RunIndex<R, Value>.self)
        let hash = index.hash(of: value)
        do {
            return try index.find(hash, in: runs).compactMap(R.Key.init(internalID:))
        } catch {
            note(error)
            throw error
        }
    }
}
