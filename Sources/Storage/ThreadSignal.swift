import Glibc

/// A mutex with a condition, for the few places where a thread of our own has to sleep until another calls.
final class ThreadSignal: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    func withLock<T>(_ body: () throws -> T) rethrows -> T {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body()
    }

    /// Sleeps until called; the lock is given up meanwhile. Called inside `withLock`, in a loop that looks again.
    func wait() {
        pthread_cond_wait(condition, mutex)
    }

    /// Sleeps until called, at most so many microseconds. False when the time ran out.
    func wait(microseconds: Int) -> Bool {
        var until = timespec()
        clock_gettime(CLOCK_REALTIME, &until)
        let nanoseconds = until.tv_nsec + microseconds * 1_000
        until.tv_sec += nanoseconds / 1_000_000_000
        until.tv_nsec = nanoseconds % 1_000_000_000
        return pthread_cond_timedwait(condition, mutex, &until) == 0
    }

    func call() {
        pthread_cond_signal(condition)
    }

    func callAll() {
        pthread_cond_broadcast(condition)
    }
}
