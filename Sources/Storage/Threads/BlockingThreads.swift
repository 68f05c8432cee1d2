/// Runs tasks on a few threads of our own, which may wait for a database server. The threads that run tasks otherwise are as few as
/// the cores: two that waited would hold up everybody.
package final class BlockingThreads: TaskExecutor, @unchecked Sendable {
    private let signal = ThreadSignal()
    private let threadCountMax: Int
    private var waiting: [UnownedJob] = []
    private var threadCount = 0
    private var idleCount = 0
    private var isStopping = false

    init(threadCountMax: Int) {
        self.threadCountMax = threadCountMax
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let runsElsewhere = signal.withLock {
            waiting.append(job)
            signal.call()
            return idleCount >= waiting.count || threadCount == threadCountMax || startThread()
        }
        // Without a single thread, which only a machine without memory refuses, the caller's serves.
        if !runsElsewhere { runOne() }
    }

    /// Ends the threads when nothing waits any more.
    func stop() {
        signal.withLock {
            isStopping = true
            signal.callAll()
        }
    }

    /// Called under the lock. False where there is no thread at all to run what waits.
    private func startThread() -> Bool {
        do throws(StorageFault) { try OwnThread.start("summa-tasks") { [self] in loop() } } catch {
            return threadCount > 0
        }
        threadCount += 1
        return true
    }

    private func loop() {
        while let job = next() { job.runSynchronously(on: asUnownedTaskExecutor()) }
    }

    private func runOne() {
        let job = signal.withLock { waiting.isEmpty ? nil : waiting.removeFirst() }
        job?.runSynchronously(on: asUnownedTaskExecutor())
    }

    /// Nil when the thread is to end. A task that comes after that has a thread started for it again.
    private func next() -> UnownedJob? {
        signal.withLock {
            idleCount += 1
            defer { idleCount -= 1 }
            while waiting.isEmpty {
                if isStopping {
                    threadCount -= 1
                    return nil
                }
                signal.wait()
            }
            return waiting.removeFirst()
        }
    }
}
