import Delivery
import Storage
import Synchronization

/// Whoever the relay passes events on to. It keeps the highest sequence it has seen of each log, drops what it has seen before,
/// and remembers where one was left out or changed.
final class Consumer: Sendable {
    private struct Seen {
        var bytes: [BookID: [[UInt8]]] = [:]
        var faults: [String] = []
    }

    private let seen = Mutex(Seen())

    /// How many events of a log it has.
    func count(of book: BookID) -> Int { seen.withLock { $0.bytes[book]?.count ?? 0 } }

    /// The bytes it was given under a sequence.
    func bytes(of book: BookID, at sequence: Int64) -> [UInt8]? {
        seen.withLock { seen in
            guard let bytes = seen.bytes[book], sequence >= 1, sequence <= bytes.count else { return nil }
            return bytes[Int(sequence) - 1]
        }
    }

    /// What was wrong with what came.
    var faults: [String] { seen.withLock(\.faults) }

    func take(_ events: [LoggedEvent]) {
        seen.withLock { seen in
            for event in events {
                let known = seen.bytes[event.book, default: []]
                let place = Int(event.sequence) - 1
                if place < known.count {
                    if known[place] != event.bytes {
                        seen.faults.append("event \(event.sequence) was published again with other bytes")
                    }
                } else if place == known.count {
                    seen.bytes[event.book, default: []].append(event.bytes)
                } else {
                    seen.faults.append("event \(event.sequence) was published after \(known.count)")
                }
            }
        }
    }
}

/// The consumer as one process reaches it.
struct ReachedConsumer: EventPublisher {
    let consumer: Consumer
    let life: Life
    let fate: Fate

    struct NotAccepted: Error {}

    func publish(_ events: [LoggedEvent]) async throws {
        if life.isOver || fate.strikes(.publicationRefused) { throw NotAccepted() }
        consumer.take(events)
        if fate.strikes(.publicationUnanswered) { throw NotAccepted() }
    }
}
