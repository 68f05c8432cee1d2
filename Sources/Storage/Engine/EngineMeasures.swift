import Synchronization

/// What the engine has done since its start, for metrics and benches.
package final class EngineMeasures: Sendable {
    package struct Counts: Sendable {
        /// Batches committed, and the units in them.
        package var batches = 0
        package var units = 0
        /// Batches run again in halves, because a statement of one unit in them was refused.
        package var isolations = 0
        /// Batches that failed for good: of one unit whose statement was refused, or of all when the world failed.
        package var failures = 0
        /// Callers turned away because the queue was full.
        package var refusals = 0
        /// What the rows in memory took after the last batch.
        package var cacheBytes = 0
        /// Batches run again because the connection was lost, or another process was in the way.
        package var retries = 0
        /// Batches whose bodies ran while the one before was being committed.
        package var aheads = 0
        /// Those that did so in vain, because another process wrote or a look-up failed.
        package var overtakings = 0
        /// Commits whose answer was lost, and was found out.
        package var settledCommits = 0

        mutating func add(_ other: Counts) {
            batches += other.batches
            units += other.units
            isolations += other.isolations
            failures += other.failures
            refusals += other.refusals
            cacheBytes += other.cacheBytes
            retries += other.retries
            aheads += other.aheads
            overtakings += other.overtakings
            settledCommits += other.settledCommits
        }
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
    func remembered(bytes: Int) { counts.withLock { $0.cacheBytes = bytes } }
    func failed() { counts.withLock { $0.failures += 1 } }
    func retried() { counts.withLock { $0.retries += 1 } }
    func ranAhead() { counts.withLock { $0.aheads += 1 } }
    func overtaken() { counts.withLock { $0.overtakings += 1 } }
    func settled() { counts.withLock { $0.settledCommits += 1 } }
    func refused() { counts.withLock { $0.refusals += 1 } }
}
