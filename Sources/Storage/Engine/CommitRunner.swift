import Glibc

/// Runs one commit at a time, beside the bodies of the next batch.
package protocol CommitRunner: AnyObject {
    /// Nothing runs when it is called.
    func start(_ commit: Commit)
    /// Returns when what was started last has run.
    func wait()
    var isRunning: Bool { get }
    /// Whether it is a commit that asks, as when a caller who is told closes the database.
    var isOwnThread: Bool { get }
    /// Has a call made, on any thread, when what was started has run.
    func whenEnded(_ call: @escaping @Sendable () -> Void)
    /// Nothing will be started any more.
    func stop()
}

/// A thread that commits.
package final class CommitThread: CommitRunner, @unchecked Sendable {
    private let signal = ThreadSignal()
    private var commit: Commit?
    private var isStopping = false
    private var call: @Sendable () -> Void = {}
    /// The thread itself, once it runs.
    private var identity: pthread_t?

    package init() throws(StorageFault) {
        // The thread holds its runner until it is stopped.
        try OwnThread.start("summa-commit") { [self] in loop() }
    }

    package func start(_ commit: Commit) {
        signal.withLock {
            precondition(self.commit == nil && !isStopping, "one commit at a time")
            self.commit = commit
            signal.callAll()
        }
    }

    package func wait() {
        signal.withLock {
            while commit != nil { signal.wait() }
        }
    }

    package var isRunning: Bool { signal.withLock { commit != nil } }

    package var isOwnThread: Bool {
        signal.withLock { identity.map { pthread_equal($0, pthread_self()) != 0 } ?? false }
    }

    package func whenEnded(_ call: @escaping @Sendable () -> Void) {
        signal.withLock { self.call = call }
    }

    /// Ends the thread, once what was started has run.
    package func stop() {
        signal.withLock {
            isStopping = true
            signal.callAll()
        }
    }

    private func loop() {
        signal.withLock { identity = pthread_self() }
        while let commit = next() {
            commit.run()
            let call = signal.withLock {
                self.commit = nil
                signal.callAll()
                return self.call
            }
            call()
        }
    }

    private func next() -> Commit? {
        signal.withLock {
            while commit == nil, !isStopping { signal.wait() }
            return commit
        }
    }
}

/// Commits at the last moment, on the thread that waits: what a simulation does, which has no second thread. The bodies of a batch
/// have then all run before the batch ahead of it is written.
package final class CommitWhenAwaited: CommitRunner {
    private var commit: Commit?

    package init() {}

    package func start(_ commit: Commit) {
        precondition(self.commit == nil, "one commit at a time")
        self.commit = commit
    }

    package func wait() {
        commit.take()?.run()
    }

    package var isRunning: Bool { commit != nil }
    package var isOwnThread: Bool { false }

    package func whenEnded(_ call: @escaping @Sendable () -> Void) {}
    package func stop() {}
}
