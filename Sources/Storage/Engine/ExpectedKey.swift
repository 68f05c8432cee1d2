/// A row a body will look for, named beforehand so that the engine loads it together with those of the other callers.
package struct ExpectedKey: Sendable {
    let note: @Sendable (BookState) -> Void

    package static func row<R: Row>(_ type: R.Type, _ key: R.Key) -> ExpectedKey {
        ExpectedKey { state in
            let cache = state.cache(of: type)
            if !cache.isKnown(key) { cache.noteMiss(key) }
        }
    }

    package static func row<R: Row, Value: RowKey>(_ key: UniqueKey<R, Value>, _ value: Value) -> ExpectedKey {
        ExpectedKey { state in
            let index = unsafeDowncast(state.cache(of: R.self).index(key), to: UniqueIndex<R, Value>.self)
            if case .missing = index.find(value) { index.noteMiss(value) }
        }
    }

    package static func group<R: Row, Value: RowKey>(_ key: GroupKey<R, Value>, _ value: Value) -> ExpectedKey {
        ExpectedKey { state in
            let index = unsafeDowncast(state.cache(of: R.self).index(key), to: GroupIndex<R, Value>.self)
            if index.find(value) == nil { index.noteMiss(value) }
        }
    }
}
