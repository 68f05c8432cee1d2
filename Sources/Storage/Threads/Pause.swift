/// Lets the calling thread sleep between two attempts.
enum Pause {
    /// - Parameter attempt: How many have failed, from 1: each further pause is twice as long, from 20 ms to a second.
    static func afterFailure(_ attempt: Int) {
        let milliseconds = min(20 << Int64(min(attempt - 1, 10)), 1_000)
        let deadline = Deadline(after: .milliseconds(Int64(milliseconds)))
        let nobody = ThreadSignal()
        nobody.withLock { while nobody.wait(until: deadline) {} }
    }
}
