/// What one caller's body sees of its book and does to it, whole or not at all.
///
/// A body is synchronous, sees the world only through this, and may be run more than once: it does nothing but read and
/// change `work`. Being neither copyable nor escapable from its closure, it cannot be used after its run.
package struct UnitOfWork: ~Copyable {
    let run: BookRun

    init(_ run: BookRun) {
        self.run = run
    }

    package var book: BookID { run.state.head.book }
    package var bookName: String { run.state.head.name }
    /// The moment of this batch: the clock's, but always later than the book's last event. The same for every re-run.
    package var now: Instant { run.now }
    package var epoch: Int64 { run.epoch }
    /// The sequence the next appended entry will have.
    package var nextSequence: Int64 { run.state.head.sequence + Int64(run.entries.count) + 1 }

    /// A 63-bit number, greater than every one this book has given out: microseconds since 1970 above 11 bits of counter.
    package mutating func newIdentifier<ID: Identifier>(_ type: ID.Type = ID.self) -> ID {
        run.lastIdentifier = max(run.lastIdentifier + 1, run.now.microseconds << 11)
        return ID(rawValue: run.lastIdentifier)
    }

    // MARK: Finding

    /// The row of this primary key, as this batch has it so far; nil when there is none.
    package func find<R: Row>(_ type: R.Type, _ key: R.Key) throws -> R? {
        try run.find(type, key)
    }

    /// The row of this unique key; nil when there is none.
    package func find<R: Row, Value: RowKey>(_ key: UniqueKey<R, Value>, _ value: Value) throws -> R? {
        try run.find(key, value)
    }

    /// All rows of this group, those of this batch included, in the order of their primary keys.
    package func group<R: Row, Value: RowKey>(_ key: GroupKey<R, Value>, _ value: Value) throws -> [R] {
        try run.group(key, value)
    }

    // MARK: Changing

    /// Adds a row. That it is not there yet is the body's to know: one that adds a second row of a primary or unique key
    /// fails with `StorageFault.constraint`, alone, when it has ended.
    package mutating func insert<R: Row>(_ row: R) {
        run.insert(row)
    }

    /// Replaces a row that was found before. Its primary, unique and group keys stay.
    package mutating func update<R: Row>(_ row: R) {
        run.update(row)
    }

    /// Takes away a row that was found before. Never a recorded one.
    package mutating func delete<R: Row>(_ type: R.Type, _ key: R.Key) {
        run.delete(type, key)
    }

    /// Appends an entry to the book's log by writing its exact bytes. Answers its sequence.
    @discardableResult
    package mutating func appendEntry(_ write: (inout [UInt8]) throws -> Void) rethrows -> Int64 {
        let sequence = nextSequence
        try run.entries.append(write)
        return sequence
    }

    /// Begins a later life of the log: entries from here on belong to it. The body goes on to append the first of them, which
    /// tells why.
    package mutating func beginEpoch(_ epoch: Int64) {
        precondition(epoch > run.epoch, "an epoch only goes up")
        run.epoch = epoch
    }

    // MARK: Trying

    /// Runs part of the work; what it did is dropped when it throws. To record that a request was rejected while dropping its effects.
    package mutating func attempt<T, Failure: Error>(
        _ body: (inout UnitOfWork) throws(Failure) -> T
    ) throws(Failure) -> T {
        let mark = run.mark
        do {
            return try body(&self)
        } catch {
            run.undo(to: mark)
            throw error
        }
    }
}

/// Thrown by a look-up of a row that is not in memory. The engine loads it and runs the body again; nobody else catches it.
struct Missed: Error {}
