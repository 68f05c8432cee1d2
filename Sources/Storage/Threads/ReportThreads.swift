/// Threads for long reads: few, so that reports leave readers to everybody else, and started when the first report comes.
final class ReportThreads: @unchecked Sendable {
    private let signal = ThreadSignal()
    private let threadCountMax: Int
    private let waitingCountMax: Int
    private var waiting: [@Sendable () -> Void] = []
    private var threadCount = 0
    private var idleCount = 0
    private var isStopping = false

    init(threadCountMax: Int = 2, waitingCountMax: Int = 64) {
        self.threadCountMax = threadCountMax
        self.waitingCountMax = waitingCountMax
    }

    /// Puts a report in the queue. Throws `overloaded` at once when too many wait, `stopped` after `stop`.
    func enqueue(_ report: @escaping @Sendable () -> Void) throws(StorageFault) {
        let result: Result<Void, StorageFault> = signal.withLock {
            if isStopping { return .failure(.stopped) }
            if waiting.count >= waitingCountMax { return .failure(.overloaded) }
            if idleCount <= waiting.count, threadCount < threadCountMax {
                do throws(StorageFault) { try OwnThread.start("summa-report") { [self] in loop() } } catch {
                    return .failure(error)
                }
                threadCount += 1
            }
            waiting.append(report)
            signal.call()
            return .success(())
        }
        try result.get()
    }

    /// Finishes what waits, then ends the threads. Does not wait for them.
    func stop() {
        signal.withLock {
            isStopping = true
            signal.callAll()
        }
    }

    private func loop() {
        while let report = next() { report() }
    }

    private func next() -> (@Sendable () -> Void)? {
        signal.withLock {
            idleCount += 1
            defer { idleCount -= 1 }
            while waiting.isEmpty {
                if isStopping { return nil }
                signal.wait()
            }
            return waiting.removeFirst()
        }
    }
}
