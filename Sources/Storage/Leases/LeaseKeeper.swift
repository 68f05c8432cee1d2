import Synchronization

/// Keeps this process's leases: renews them from a thread of its own, and forgets them in time when it cannot.
package final class LeaseKeeper: Sendable {
    /// How long a lease holds without being renewed. A process that is killed or stopped is succeeded after this and one renewal
    /// of somebody else's; of the ten seconds until its work goes on, the rest is for what its successor has to do first: wait
    /// for the head that a stopped process still locks, and catch up.
    package static let span = Instant.Span.seconds(4)
    package static let renewalRest = Instant.Span.seconds(1)

    private struct Held {
        var shares = LeaseShares()
        var url: String?
        /// When what is held may be another's: counted from before the renewal was asked for, on a clock nobody sets.
        var until: Deadline?
        var isStopping = false
    }

    private let held = Mutex(Held())
    private let table: any LeaseTable & Sendable
    private let process: Int64
    private let signal = ThreadSignal()
    private let report: @Sendable (StorageFault) -> Void

    /// - Parameters:
    ///   - process: This process's number among all that write to the database.
    ///   - report: Told of each renewal that failed.
    package init(
        _ table: any LeaseTable & Sendable, process: Int64, report: @escaping @Sendable (StorageFault) -> Void
    ) {
        self.table = table
        self.process = process
        self.report = report
    }

    /// The charge of a book, where this process has it at this moment.
    package func charge(of book: BookID) -> Charge? {
        held.withLock { held in
            guard held.until?.hasPassed == false, let fence = held.shares.fences[BookGroup.of(book)] else { return nil }
            return Charge(book: book, fence: fence)
        }
    }

    /// Where callers reach the process that is in charge of a book, when it is another and told. Only a hint: any process serves
    /// any book, but the one that wrote it last remembers it.
    package func preferredURL(of book: BookID) -> String? {
        held.withLock { held in
            held.until?.hasPassed == false ? held.shares.urls[BookGroup.of(book)] : nil
        }
    }

    package var groupCount: Int {
        held.withLock { $0.until?.hasPassed == false ? $0.shares.fences.count : 0 }
    }

    /// Renews once. For the thread, and for whoever steps by hand.
    package func renew() {
        let until = Deadline(after: Self.span)
        do throws(StorageFault) {
            let shares = try table.renew(process, at: held.withLock(\.url), for: Self.span)
            let isStopping = held.withLock { held in
                held.shares = held.isStopping ? LeaseShares() : shares
                held.until = until
                return held.isStopping
            }
            // It was under way while everything was given up.
            if isStopping { try table.giveUp(process) }
        } catch { report(error) }
    }

    /// Where callers reach this process, from the next renewal on.
    func tell(_ url: String?) {
        held.withLock { $0.url = url }
    }

    func start() throws(StorageFault) {
        renew()
        try OwnThread.start("summa-leases") { [self] in loop() }
    }

    /// Ends the thread and gives everything up.
    func stop() {
        held.withLock { held in
            held.isStopping = true
            held.shares = LeaseShares()
        }
        signal.withLock { signal.callAll() }
        do throws(StorageFault) { try table.giveUp(process) } catch { report(error) }
    }

    private func loop() {
        while true {
            let deadline = Deadline(after: Self.renewalRest)
            signal.withLock { while !isStopping, signal.wait(until: deadline) {} }
            if isStopping { return }
            renew()
        }
    }

    private var isStopping: Bool { held.withLock { $0.isStopping } }
}
