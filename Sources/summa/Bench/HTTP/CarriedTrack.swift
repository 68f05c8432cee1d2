import Payments
import Storage
import Synchronization

/// Charges that were accepted and are not seen captured yet.
final class CarriedTrack: Sendable {
    private struct Underway {
        var payments: [(id: PaymentID, since: Instant)] = []
        /// Of those, how many were seen captured and not yet taken off the list.
        var latencies = Latencies()
    }

    private let underway = Mutex(Underway())
    private let countMax: Int
    private static let soughtCountMax = 256

    /// - Parameter countMax: While so many are under way no more are sent, so that the rate is one that could go on.
    init(countMax: Int) {
        self.countMax = countMax
    }

    var count: Int { underway.withLock { $0.payments.count } }
    var isFull: Bool { count >= countMax }

    func accepted(_ payment: PaymentID, at now: Instant) {
        underway.withLock { $0.payments.append((payment, now)) }
    }

    /// Takes those off the list that the view shows captured.
    func look(in database: Database, at now: Instant) throws {
        let waiting = underway.withLock(\.payments)
        // Charges overtake each other a little, and only a little: no need to look at all of them each time.
        let soughtIDs = waiting.prefix(Self.soughtCountMax).map(\.id)
        guard let first = soughtIDs.min(), let last = soughtIDs.max() else { return }
        let view = PaymentViewQueries(database: database)
        let captured = try view.captured(from: first, through: last, in: Founding.book)
        underway.withLock { underway in
            for (payment, since) in underway.payments where captured.contains(payment) {
                underway.latencies.add(now.since(since))
            }
            underway.payments.removeAll { captured.contains($0.id) }
        }
    }

    /// How long those seen captured since the last time were on their way.
    func takeLatencies() -> Latencies {
        underway.withLock { underway in
            defer { underway.latencies = Latencies() }
            return underway.latencies
        }
    }
}
