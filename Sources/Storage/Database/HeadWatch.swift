import Synchronization

/// Notices what other processes append to the logs, and tells whoever waits in this one: the relay, the projections, and callers
/// who wait for their own write. A hint that comes within a fraction of a second; nobody relies on it.
final class HeadWatch: Sendable {
    private static let rest = Instant.Span.milliseconds(200)

    private let readers: ReaderPool
    private let signal: CommitSignal
    private let report: @Sendable (StorageFault) -> Void
    private let calls = ThreadSignal()
    private let isStopping = Mutex(false)

    /// - Parameter report: Told when the heads can no longer be read: once, until they can be again.
    init(_ readers: ReaderPool, _ signal: CommitSignal, report: @escaping @Sendable (StorageFault) -> Void) {
        self.readers = readers
        self.signal = signal
        self.report = report
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
        var isBlind = false
        while !isStopped {
            do {
                tell(try readers.heads(), known: &known)
                isBlind = false
            } catch {
                // A database that was let go of at the end is no trouble.
                if !isBlind, !isStopped { report(Self.fault(error)) }
                isBlind = true
            }
            let deadline = Deadline(after: Self.rest)
            calls.withLock { while !isStopped, calls.wait(until: deadline) {} }
        }
    }

    private func tell(_ heads: [Head], known: inout [BookID: Int64]) {
        let grown = heads.filter { known[$0.book] != $0.sequence }
        if !grown.isEmpty { signal.advanced(grown.map { ($0.book, $0.sequence) }) }
        for head in grown { known[head.book] = head.sequence }
    }

    private static func fault(_ error: any Error) -> StorageFault {
        error as? StorageFault ?? .unreadableRow(table: "head", cause: "\(error)")
    }

    private var isStopped: Bool { isStopping.withLock { $0 } }
}
