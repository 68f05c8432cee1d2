/// Finding rows: in memory, or by a miss that ends the run, or in the database where the run reads in place.
extension BookRun {
    func find<R: Row>(_ type: R.Type, _ key: R.Key) throws -> R? {
        let cache = state.cache(of: type)
        switch cache.find(key) {
        case .row(let row): return row
        case .absent: return nil
        case .missing: break
        }
        try fetch {
            try cache.load([key], from: rows, book: book)
        } orNote: {
            cache.noteMiss(key)
        }
        guard case .row(let row) = cache.find(key) else { return nil }
        return row
    }

    func find<R: Row, Value: RowKey>(_ key: UniqueKey<R, Value>, _ value: Value) throws -> R? {
        if key.runKey != nil, let runs = runs(of: R.self) { return try find(key, value, in: runs) }
        let cache = state.cache(of: R.self)
        let index = unsafeDowncast(cache.index(key), to: UniqueIndex<R, Value>.self)
        if case .missing = index.find(value) {
            try fetch {
                try index.load([value], into: cache, from: rows, book: book)
            } orNote: {
                index.noteMiss(value)
            }
        }
        guard case .key(let found) = index.find(value) else { return nil }
        return try find(R.self, found)
    }

    func group<R: Row, Value: RowKey>(_ key: GroupKey<R, Value>, _ value: Value) throws -> [R] {
        let cache = state.cache(of: R.self)
        let index = unsafeDowncast(cache.index(key), to: GroupIndex<R, Value>.self)
        if index.find(value) == nil {
            try fetch {
                try index.load([value], into: cache, from: rows, book: book)
            } orNote: {
                index.noteMiss(value)
            }
        }
        return try (index.find(value) ?? []).compactMap { try find(R.self, $0) }
    }

    /// Loads what was not in memory, or notes it and ends the run, so that it is loaded together with what others missed.
    private func fetch(_ load: () throws -> Void, orNote note: () -> Void) throws {
        guard readsInPlace else {
            note()
            noteMiss()
            throw Missed()
        }
        do { try load() } catch {
            self.note(error)
            throw error
        }
    }
}
