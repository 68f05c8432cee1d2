import Storage
import SummaTestKit
import Synchronization
import Testing

/// An engine over a watched connection to a real file, stepped by hand.
final class TestEngine {
    let test: TestDatabase
    let connection: WatchedConnection
    let engine: Engine
    var stops: [StorageFault] { stopped.withLock { $0 } }
    private let stopped: Stops

    private final class Stops: Sendable {
        private let faults = Mutex<[StorageFault]>([])
        func withLock<T>(_ body: (inout [StorageFault]) -> T) -> T { faults.withLock { body(&$0) } }
    }

    init(
        books: [BookID] = [.first], log: any LogExtension = ChainedLog(), pagesPerCheckpoint: Int32 = 2_000,
        runsAhead: Bool = false, readsAhead: Bool = true, configure: (inout Engine.Limits) -> Void = { _ in }
    ) throws {
        test = try TestDatabase([Box.migration, Slip.migration], books: books)
        connection = WatchedConnection(try test.anotherConnection(pagesPerCheckpoint: pagesPerCheckpoint))
        var limits = Engine.Limits()
        limits.aheadCountMin = 1
        configure(&limits)
        let ahead = try runsAhead ? test.runningAhead(reads: readsAhead) : nil
        let stopped = Stops()
        self.stopped = stopped
        engine = Engine(
            connection: connection, tables: [Box.table, Slip.table], log: log, clock: test.clock, limits: limits,
            writer: 7, ahead: ahead, stop: { fault in stopped.withLock { $0.append(fault) } })
    }

    /// Puts a body in the queue; what its caller is told is found in the answer after a batch.
    func enqueue<T>(
        _ book: BookID = .first, expecting: [ExpectedKey] = [], bytes: Int = 256,
        _ body: @escaping (inout UnitOfWork) throws -> T
    ) -> Answer<T> {
        let answer = Answer<T>()
        engine.enqueue(book, expecting: expecting, bytes: bytes, body: body) { answer.results.append($0) }
        return answer
    }

    /// A body in a batch by itself.
    @discardableResult
    func write<T>(_ book: BookID = .first, _ body: @escaping (inout UnitOfWork) throws -> T) throws -> T {
        let answer = enqueue(book, body)
        while engine.runBatch() > 0 {}
        return try answer.get()
    }
}

extension TestEngine {
    /// Puts a box into the database, through this engine, which then has it in memory, or past it.
    func store(_ box: Box, isCached: Bool) throws {
        if isCached {
            try write { $0.insert(box) }
        } else {
            try test.write { $0.insert(box) }
        }
    }
}

/// What one caller was told.
final class Answer<T> {
    var results: [Result<T, any Error>] = []

    /// The one answer; a caller told nothing, or told twice, fails the test.
    func get() throws -> T {
        try #require(results.count == 1)
        return try results[0].get()
    }
}

/// Whether a caller was told that the engine takes no more work.
func isStopped(_ error: any Error) -> Bool {
    guard case StorageFault.stopped = error else { return false }
    return true
}
