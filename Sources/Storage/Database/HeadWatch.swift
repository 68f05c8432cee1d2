import Synchronization

/// Notices what other processes append to the logs, and tells whoever waits in this one: the relay, the projections, and callers
/// who wait for their own write. A hint that comes within a fraction of a second; nobody relies on it.
final class HeadWatch: Sendable {
    private static let rest = Instant.Span.milliseconds(200)

    private let readers: ReaderPool
    private let signal: CommitSignal
    private let calls = ThreadSignal()
    private let isStopping = Mutex(false)

    init(_ readers: ReaderPool, _ signal: CommitSignal) {
        self.readers = readers
        self.signal = signal
    }

    func start() throws(StorageFault) {
        try OwnThread.start("summa-watch") { [self] in loop() }
    }

    func stop() {
        isStopping.withLock { $0 = true }
        calls.withLock { calls.callAll() }
    }

    private func loop() {
        var known: [BookID: Int64] = [:]
        while !isStopping.withLock({ $0 }) {
            // A database that does not answer is told of by those who need it.
            let heads = (try? readers.heads()) ?? []
            let grown = heads.filter { known[$0.book] != $0.sequence }
            if !grown.isEmpty { signal.advanced(grown.map { ($0.book, $0.sequence) }) }
            for head in grown { known[head.book] = head.sequence }
            let deadline = Deadline(after: Self.rest)
            calls.withLock { while !isStopping.withLock({ $0 }), calls.wait(until: deadline) {} }
        }
    }
}
