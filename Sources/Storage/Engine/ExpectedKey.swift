/// A row a body will look for, named beforehand so that the engine loads it together with those of the other callers.
package struct ExpectedKey: Sendable {
    /// The key's number, where it is one: then `note` holds nothing of its own, and making this allocates nothing.
    private let id: Int64
    private let note: @Sendable (BookState, Int64) -> Void

    func note(_ state: BookState) { note(state, id) }

    package static func row<R: Row>(_ type: R.Type, _ key: R.Key) -> ExpectedKey {
        if let id = key.internalID, R.Key(internalID: id) != nil {
            return ExpectedKey(id: id) { state, id in
                if let key = R.Key(internalID: id) { state.cache(of: R.self).expect(key) }
            }
        }
        return ExpectedKey(id: 0) { state, _ in state.cache(of: type).expect(key) }
    }

    /// Where runs answer for the key nothing is loaded beforehand: nearly every look-up finds nothing, and costs no query.
    package static func row<R: Row, Value: RowKey>(_ key: UniqueKey<R, Value>, _ value: Value) -> ExpectedKey {
        ExpectedKey(id: 0) { state, _ in
            if key.runKey != nil, state.hashStart != nil { return }
            let index = unsafeDowncast(state.cache(of: R.self).index(key), to: UniqueIndex<R, Value>.self)
            if case .missing = index.find(value) { index.noteMiss(value) }
        }
    }

    package static func group<R: Row, Value: RowKey>(_ key: GroupKey<R, Value>, _ value: Value) -> ExpectedKey {
        ExpectedKey(id: 0) { state, _ in
            let index = unsafeDowncast(state.cache(of: R.self).index(key), to: GroupIndex<R, Value>.self)
            if index.find(value) == nil { index.noteMiss(value) }
        }
    }
}

extension TableCache {
    fileprivate func expect(_ key: R.Key) {
        if !isKnown(key) { noteMiss(key) }
    }
}
