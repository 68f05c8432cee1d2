import Glibc

/// The thread that calls an engine's `runBatch` while there is work, and sleeps while there is none.
///
/// After a commit it lingers a moment for the callers it has just released: they come back within microseconds, and
/// taking them together nearly doubles the rate at a few dozen callers. While a commit goes on beside, nobody is kept waiting by
/// that, and it lingers until all have come who are not in it.
///
/// No wake-up is lost: a caller stands in the queue before it calls, and the thread looks at the queue under the lock
/// that the call takes, giving that lock up only in its sleep.
final class WriterThread: @unchecked Sendable {
    private let engine: Engine
    private let lingerSpan: Instant.Span
    private let signal = ThreadSignal()
    private var isStopping = false
    private var hasEnded = false
    /// The thread itself, once it runs.
    private var identity: pthread_t?
    /// How many callers came together lately; the thread waits for as many, within the linger. Its own.
    private var companions = 0
    /// How many callers the sleeping or lingering thread waits for; nil while it works and needs no call.
    private var wantedCount: Int?

    init(engine: Engine, lingerSpan: Instant.Span) {
        self.engine = engine
        self.lingerSpan = lingerSpan
    }

    func start() throws(StorageFault) {
        engine.whenCommitEnds { [weak self] in self?.commitEnded() }
        do { try OwnThread.start("summa-writer") { [self] in loop() } } catch {
            signal.withLock { hasEnded = true }
            throw error
        }
    }

    /// Tells the thread that there may be work.
    func wake() {
        signal.withLock {
            if let wantedCount, engine.waitingCount >= wantedCount { signal.call() }
        }
    }

    /// Calls all: who stops the thread sleeps by the same signal, and one call might wake only them.
    private func commitEnded() {
        signal.withLock { signal.callAll() }
    }

    /// Serves what waits, then ends the thread. Returns when it has ended, or at once when it is the thread itself that calls, or
    /// the one that commits, which it waits for.
    func stop() {
        engine.close()
        let isAwaited = engine.isCommitsThread
        signal.withLock {
            isStopping = true
            signal.callAll()
            while !hasEnded, !isOwnThread, !isAwaited { signal.wait() }
        }
    }

    /// Looked at under the lock.
    private var isOwnThread: Bool {
        guard let identity else { return false }
        return pthread_equal(identity, pthread_self()) != 0
    }

    private func loop() {
        signal.withLock { identity = pthread_self() }
        while waitForWork() {
            let served = engine.runBatch()
            // Forgets slowly that there were many, so that one small batch does not break up a crowd.
            companions = max(served + engine.waitingCount, companions - companions / 8 - 1)
        }
        signal.withLock {
            hasEnded = true
            identity = nil
            signal.callAll()
        }
    }

    /// Sleeps until there is work, then lingers for company. False when the thread is to end.
    private func waitForWork() -> Bool {
        signal.withLock {
            defer { wantedCount = nil }
            wantedCount = 1
            while engine.waitingCount == 0 {
                if engine.hasCommitEnded { return true }
                if isStopping, engine.committingCount == 0 { return false }
                signal.wait()
            }
            linger()
            return true
        }
    }

    /// Waits for those who are expected. Who is in a commit can come when it has ended, and no sooner.
    private func linger() {
        while engine.committingCount > 0, !engine.hasCommitEnded, !isStopping {
            let othersCount = companions - engine.committingCount
            if othersCount > 0, engine.waitingCount >= othersCount { return }
            wantedCount = othersCount > 0 ? othersCount : .max
            signal.wait()
        }
        wantedCount = companions
        let deadline = Deadline(after: lingerSpan)
        while engine.waitingCount < companions, !isStopping {
            if !signal.wait(until: deadline) { return }
        }
    }
}
