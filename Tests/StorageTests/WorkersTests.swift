import Storage
import SummaTestKit
import Synchronization
import Testing

@Suite("Workers that are looped")
struct WorkersTests {
    @Test("step at once while there is more, rest when there is none, and are woken by their bell")
    func woken() async throws {
        let bell = Doorbell()
        let steps = Counter()
        let worker = Worker("counter", rest: .hours(1), bell: bell) { _ in steps.next() < 3 }
        try await running([worker]) {
            try await steps.wait(for: 3)
            bell.ring()
            try await steps.wait(for: 4)
        }
        #expect(steps.count == 4)
    }

    @Test("go on after a failure, told of by name, and keep no other from its work")
    func failing() async throws {
        let reports = Mutex<[String]>([])
        let failing = Counter()
        let healthy = Counter()
        let workers = [
            Worker("failing", rest: .hours(1)) { _ in
                if failing.next() < 3 { throw Failure() }
                return false
            },
            Worker("healthy", rest: .hours(1)) { _ in healthy.next() < 5 },
        ]
        try await running(workers, report: { name, _ in reports.withLock { $0.append(name) } }) {
            try await failing.wait(for: 3)
            try await healthy.wait(for: 5)
        }
        #expect(reports.withLock { $0 } == ["failing", "failing"])
    }

    @Test("end when they are cancelled, with what they had started")
    func graceful() async throws {
        let started = Counter()
        let ended = Counter()
        let worker = Worker("finishing", rest: .hours(1), finish: { _ = ended.next() }) { _ in
            _ = started.next()
            return false
        }
        try await running([worker]) { try await started.wait(for: 1) }
        #expect(ended.count == 1)
    }

    @Test("are stepped by hand as well, each once")
    func byHand() async throws {
        let clock = ManualClock()
        let moments = Mutex<[Instant]>([])
        let workers = Workers(
            [
                Worker("one", rest: .hours(1)) { now in
                    moments.withLock { $0.append(now) }
                    return false
                },
                Worker("two", rest: .hours(1)) { _ in true },
            ], clock: clock, sleeper: WallSleeper(), report: { _, _ in })
        #expect(try await workers.step())
        #expect(moments.withLock { $0 } == [clock.now])
    }

    private struct Failure: Error {}

    /// Runs workers until the body has ended, and returns when they have.
    private func running(
        _ workers: [Worker], report: @escaping @Sendable (String, any Error) -> Void = { _, _ in },
        _ body: () async throws -> Void
    ) async throws {
        let loop = Task { [clock = ManualClock()] in
            await Workers(workers, clock: clock, sleeper: WallSleeper(), report: report).run()
        }
        do { try await body() } catch { Issue.record(error) }
        loop.cancel()
        await loop.value
    }
}

@Suite("A doorbell")
struct DoorbellTests {
    @Test("keeps a ring that comes while nobody waits, and makes one of many")
    func kept() async {
        let bell = Doorbell()
        bell.ring()
        bell.ring()
        await bell.wait(atMost: .hours(1), WallSleeper())
        let clock = ContinuousClock()
        let start = clock.now
        await bell.wait(atMost: .milliseconds(20), WallSleeper())
        #expect(clock.now - start >= .milliseconds(20))
    }

    @Test("lets go of who waits when the task is cancelled")
    func cancelled() async {
        let bell = Doorbell()
        let waiting = Task { await bell.wait(atMost: .hours(1), WallSleeper()) }
        waiting.cancel()
        await waiting.value
    }
}

private final class Counter: Sendable {
    private let value = Mutex(0)

    var count: Int { value.withLock { $0 } }

    func next() -> Int {
        value.withLock {
            $0 += 1
            return $0
        }
    }

    /// Gives up after ten seconds.
    func wait(for count: Int) async throws {
        for _ in 0..<2_000 {
            if self.count >= count { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw NeverCame(count: count)
    }

    struct NeverCame: Error { let count: Int }
}

private struct WallSleeper: Sleeper {
    func sleep(for span: Instant.Span) async throws { try await Task.sleep(for: .microseconds(span.microseconds)) }
}
