import EventLog
import Payments
import Storage

@testable import Delivery

/// A relay that moves its cursor before it has published: what fails in between is never published.
struct HastyRelay {
    let database: Database
    let publisher: any EventPublisher

    var worker: Worker {
        Worker("relay", rest: .seconds(1)) { _ in
            for head in try database.heads() where head.book.isTenant { try await publish(head.book) }
            return false
        }
    }

    private func publish(_ book: BookID) async throws {
        let events = try database.read(book) { rows in
            let position = try Cursor.position(of: "relay", in: rows)
            var events: [(Int64, [UInt8])] = []
            try rows.events(after: position, limit: 100) { events.append(($0, Array($1))) }
            return events.map { LoggedEvent(book: book, sequence: $0.0, bytes: $0.1) }
        }
        guard let last = events.last else { return }
        let charge = Charge(book: book, fence: 0)
        try await database.write(book) { try Cursor.advance("relay", to: last.sequence, under: charge, in: &$0) }
        try await publisher.publish(events)
    }
}

/// A projection that overlooks some of the outcomes.
struct ForgetfulProjection: Projection {
    private let right = PaymentViewProjection()

    var name: String { right.name }
    var tables: [any TableDescription] { right.tables }

    func read(_ event: EventDocument) throws -> ProjectedChange? {
        event.type == OutcomeRecorded.type && event.id.sequence % 7 == 0 ? nil : try right.read(event)
    }
}

/// A tree that is made of all entries but the last of a batch of several.
struct ShortTree: LogExtension {
    private let right = MerkleLog()

    func extend(_ tree: inout [UInt8], by entries: LogEntries, firstSequence: Int64) throws -> [LogTile] {
        guard entries.count > 1 else { return try right.extend(&tree, by: entries, firstSequence: firstSequence) }
        var changed = LogEntries()
        entries.forEach { bytes in
            let isLast = changed.count == entries.count - 1
            changed.append { $0 += isLast ? [0x7B, 0x7D] : Array(bytes) }
        }
        return try right.extend(&tree, by: changed, firstSequence: firstSequence)
    }
}
