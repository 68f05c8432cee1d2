import Foundation
import Storage
import SummaTestKit
import Synchronization
import Testing

@Suite("The writer's thread")
struct WriterThreadTests {
    @Test("misses no call, however callers and commits interleave")
    func losesNoWakeUp() async throws {
        let test = try TestDatabase([Box.migration], runsOwnThread: true)
        let database = test.database
        // One caller at a time: each write finds the thread falling asleep, asleep, or lingering for others.
        for turn in 0..<400 {
            let sequence = try await database.write(.first) { $0.append() }
            #expect(sequence == Int64(turn + 1))
            if turn % 3 == 0 { await Task.yield() }
        }
    }

    @Test("does not wait for company longer than the linger, and soon not at all")
    func lingersBriefly() async throws {
        let test = try TestDatabase([Box.migration], runsOwnThread: true) { $0.lingerSpan = .milliseconds(200) }
        let database = test.database
        await withTaskGroup { group in
            for _ in 0..<64 { group.addTask { _ = try? await database.write(.first) { $0.append() } } }
        }
        // Companions are forgotten by an eighth each time: 64 of them within some thirty lone writes.
        for _ in 0..<40 { _ = try await database.write(.first) { $0.append() } }
        let clock = ContinuousClock()
        let spans = try await (0..<20).asyncMap { _ in
            try await clock.measure { _ = try await database.write(.first) { $0.append() } }
        }
        #expect(try #require(spans.min()) < .milliseconds(200))
    }

    @Test("ends when its database is dropped without being closed, and what waited was served")
    func endsWithDatabase() throws {
        let directory = try TemporaryDirectory()
        let answered = Results()
        func use() throws {
            let database = try Database(
                .directory(directory.path), migrations: [Box.migration], log: ChainedLog(), clock: ManualClock(),
                writer: 1, stop: { _ in })
            database.enqueueCreation(of: .first, named: "main") { answered.add($0) }
            for _ in 0..<100 { database.enqueue(.first, body: { $0.append() }, completion: { answered.add($0) }) }
        }
        try use()
        #expect(answered.count == 101)
        #expect(answered.failures == 0)
        let again = try Database(
            .directory(directory.path), migrations: [Box.migration], log: ChainedLog(), clock: ManualClock(), writer: 2,
            stop: { _ in })
        #expect(try again.read(.first) { $0.asOf } == 100)
    }

    @Test("ends when it is stopped while a commit goes on beside it", .timeLimit(.minutes(1)))
    func endsAfterCommit() async throws {
        let isCommitting = ThreadGate()
        let mayCommit = ThreadGate()
        let isHeld = Mutex(false)
        let test = try TestDatabase([Box.migration], runsOwnThread: true) {
            $0.limits.aheadCountMin = 1
            $0.wrapping = { real in
                let connection = WatchedConnection(real)
                connection.beforeCommit = {
                    guard isHeld.withLock({ $0 }) else { return }
                    isCommitting.open()
                    mayCommit.wait()
                }
                return connection
            }
        }
        isHeld.withLock { $0 = true }
        let database = test.database
        async let sequence = database.write(.first) { $0.append() }
        await Task.detached { isCommitting.wait() }.value
        let stopping = Task.detached { database.close() }
        // By then whoever stops it sleeps as well, and it has gone to sleep after them.
        try await Task.sleep(for: .milliseconds(50))
        mayCommit.open()
        #expect(try await sequence == 1)
        await stopping.value
    }

    @Test("may itself be the one that closes the database, or drops it last", arguments: [1, 256])
    func closesFromCompletion(aheadCountMin: Int) async throws {
        var configuration = Database.Configuration()
        configuration.limits.aheadCountMin = aheadCountMin
        let test = try TestDatabase([Box.migration], runsOwnThread: true)
        let directory = test.directory
        test.close()
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let database = try? Database(
                .directory(directory.path), migrations: [Box.migration], log: ChainedLog(), clock: test.clock,
                writer: 3, configuration: configuration, stop: { _ in })
            database?.enqueue(.first, body: { $0.append() }) { [database] _ in
                database?.close()
                continuation.resume()
            }
        }
    }
}

extension Sequence {
    fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
        var results: [T] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
