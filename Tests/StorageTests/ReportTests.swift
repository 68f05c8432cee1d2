import Glibc
import SummaTestKit
import Synchronization
import Testing

@testable import Storage

@Suite("A report")
struct ReportTests {
    @Test("runs on a thread of its own, so that tasks go on while it blocks")
    func leavesTasksAlone() async throws {
        let test = try TestDatabase([Box.migration], runsOwnThread: true)
        let database = test.database
        let tasksAreDone = ThreadGate()
        async let report = database.report(.first) { rows in
            // As many of these as there are cores would stop every task, if they ran on the tasks' threads.
            tasksAreDone.wait()
            return rows.asOf
        }
        async let other = database.report(.first) { _ in tasksAreDone.wait() }
        for _ in 0..<10 { try await database.write(.first) { _ = $0.append() } }
        tasksAreDone.open()
        #expect(try await report <= 10)
        try await other
    }

    @Test("throws what its body threw")
    func throwsItsError() async throws {
        struct Rejection: Error {}
        let test = try TestDatabase([Box.migration], runsOwnThread: true)
        let database = test.database
        await #expect(throws: Rejection.self) { try await database.report(.first) { _ in throw Rejection() } }
        await #expect(throws: StorageFault.self) {
            try await database.report(BookID(rawValue: 9)) { $0.asOf }
        }
    }

    @Test("is refused at once when too many wait, and after the end")
    func boundsQueue() throws {
        let threads = ReportThreads(threadCountMax: 1, waitingCountMax: 2)
        let gate = ThreadGate()
        let started = ThreadGate()
        let done = Mutex(0)
        try threads.enqueue {
            started.open()
            gate.wait()
            done.withLock { $0 += 1 }
        }
        started.wait()
        for _ in 0..<2 { try threads.enqueue { done.withLock { $0 += 1 } } }
        #expect(throws: StorageFault.self) { try threads.enqueue {} }
        threads.stop()
        #expect(throws: StorageFault.self) { try threads.enqueue {} }
        gate.open()
        while done.withLock({ $0 }) < 3 { sched_yield() }
    }

    @Test("of a stepped database runs where it is asked for")
    func runsInPlaceWhenStepped() async throws {
        let test = try TestDatabase([Box.migration])
        let database = test.database
        #expect(try await database.report(.first) { $0.asOf } == 0)
    }
}

/// Holds threads until it is opened.
final class ThreadGate: Sendable {
    private let isOpen = Mutex(false)

    func open() { isOpen.withLock { $0 = true } }

    /// Blocks the thread on purpose.
    func wait() {
        while !isOpen.withLock({ $0 }) { usleep(200) }
    }
}
