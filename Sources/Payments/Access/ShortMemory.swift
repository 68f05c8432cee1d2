import Storage
import Synchronization

/// What was read a moment ago, so that who asks again and again costs no query.
///
/// Whoever changes it in this process may have it forgotten at once; what another process changes is noticed when the memory has
/// grown stale. That something is not there is never remembered: guesses fill nothing. When it is full it forgets everything.
final class ShortMemory<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Kept {
        var values: [Key: (value: Value, readAt: Instant)] = [:]
        /// Counts what was forgotten: what was read before is not remembered after it.
        var generation: UInt64 = 0
    }

    private let freshness: Instant.Span
    private let capacity: Int
    private let clock: any TimeSource
    private let kept = Mutex(Kept())

    init(for freshness: Instant.Span = .seconds(5), capacity: Int = 4_096, clock: any TimeSource) {
        self.freshness = freshness
        self.capacity = capacity
        self.clock = clock
    }

    /// What is remembered under the key, or what is read now.
    func value(_ key: Key, read: () throws -> Value?) rethrows -> Value? {
        let now = clock.now
        let (known, generation) = kept.withLock { ($0.values[key], $0.generation) }
        if let known, isFresh(known.readAt, at: now) { return known.value }
        guard let value = try read() else { return nil }
        keep(value, key, at: now, generation)
        return value
    }

    /// To be called after the commit that changed it.
    func forget(_ key: Key) {
        kept.withLock { kept in
            kept.values[key] = nil
            kept.generation += 1
        }
    }

    private func keep(_ value: Value, _ key: Key, at now: Instant, _ generation: UInt64) {
        kept.withLock { kept in
            guard kept.generation == generation else { return }
            if kept.values.count >= capacity { kept.values = [:] }
            kept.values[key] = (value, now)
        }
    }

    /// A clock that was set back makes nothing fresh for longer.
    private func isFresh(_ readAt: Instant, at now: Instant) -> Bool {
        readAt <= now && now.since(readAt) < freshness
    }
}
