import Foundation

/// The thread that calls an engine's `runBatch` while there is work, and sleeps while there is none.
///
/// After a commit it lingers a moment for the callers it has just released: they come back within microseconds, and
/// taking them together nearly doubles the rate at a few dozen callers.
final class WriterThread: @unchecked Sendable {
    private let engine: Engine
    private let lingerMicroseconds: Int
    private let signal = ThreadSignal()
    private var isStopping = false
    private var hasEnded = false
    /// How many callers came together lately; the thread waits for as many, within the linger.
    private var companions = 0
    /// The thread sleeps or lingers: only then is a call worth its cost.
    private var isListening = false

    init(engine: Engine, lingerMicroseconds: Int = 100) {
        self.engine = engine
        self.lingerMicroseconds = lingerMicroseconds
    }

    func start() {
        let thread = Thread { [self] in loop() }
        thread.name = "summa-writer"
        thread.stackSize = 4 << 20
        thread.start()
    }

    /// Tells the thread that there may be work.
    func wake() {
        signal.withLock { if isListening { signal.call() } }
    }

    /// Serves what waits, then ends the thread. Returns when it has ended.
    func stop() {
        engine.close()
        signal.withLock {
            isStopping = true
            signal.callAll()
            while !hasEnded { signal.wait() }
        }
    }

    private func loop() {
        while waitForWork() {
            let served = engine.runBatch()
            companions = max(served + engine.waitingCount, companions - companions / 8)
        }
        signal.withLock {
            hasEnded = true
            signal.callAll()
        }
    }

    /// Sleeps until there is work, then lingers for company. False when the thread is to end.
    private func waitForWork() -> Bool {
        signal.withLock {
            isListening = true
            defer { isListening = false }
            while engine.waitingCount == 0 {
                if isStopping { return false }
                signal.wait()
            }
            while engine.waitingCount < companions, !isStopping {
                if !signal.wait(microseconds: lingerMicroseconds) { break }
            }
            return true
        }
    }
}
