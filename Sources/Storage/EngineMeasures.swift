import Synchronization

/// What the engine has done since its start, for metrics and benches.
package final class EngineMeasures: Sendable {
    package struct Counts: Sendable {
        /// Batches committed, and the units in them.
        package var batches = 0
        package var units = 0
        /// Batches in which one unit's statement was refused, so that each ran alone.
        package var isolations = 0
        /// Batches, after isolation units, that failed and were rolled back.
        package var failures = 0
        /// Callers turned away because the queue was full.
        package var refusals = 0
    }

    private let counts = Mutex(Counts())

    package var current: Counts { counts.withLock { $0 } }

    func committed(jobs: Int) {
        counts.withLock {
            $0.batches += 1
            $0.units += jobs
        }
    }

    func isolated() { counts.withLock { $0.isolations += 1 } }
    func failed() { counts.withLock { $0.failures += 1 } }
    func refused() { counts.withLock { $0.refusals += 1 } }
}
