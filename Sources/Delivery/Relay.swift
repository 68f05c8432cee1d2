import EventLog
import Storage

/// Passes every event of every tenant's log on, in order, at least once. Restricted logs and the installation's stay here.
///
/// If the process dies after publishing and before the cursor has moved, the page is published again: consumers keep the
/// highest epoch and sequence they have dealt with, and drop what they have seen.
package struct Relay: Sendable {
    private static let follower = "relay"

    private let database: Database
    private let publisher: any EventPublisher
    private let pageCount: Int

    package init(from database: Database, to publisher: any EventPublisher, pageCount: Int = 500) {
        self.database = database
        self.publisher = publisher
        self.pageCount = pageCount
    }

    /// Woken by commits. The little it waits for more spares a cursor of its own for each.
    package var worker: Worker {
        let bell = Doorbell()
        database.signal.ring(bell)
        return Worker("relay", rest: .seconds(1), gathering: .milliseconds(4), bell: bell) { _ in try await step() }
    }

    /// Publishes at most one page of each book. Answers whether any book may have more.
    package func step() async throws -> Bool {
        var hasMore = false
        for charge in try database.charges() where charge.book.isTenant {
            if try await publishPage(of: charge) == pageCount { hasMore = true }
        }
        return hasMore
    }

    /// How many events of a book wait to be published.
    package func backlog(of book: BookID) throws -> Int64 {
        try database.read(book) { $0.asOf - (try Cursor.position(of: Relay.follower, in: $0)) }
    }

    private func publishPage(of charge: Charge) async throws -> Int {
        let events = try database.read(charge.book) { rows in
            let position = try Cursor.position(of: Relay.follower, in: rows)
            return try LoggedEvent.page(after: position, limit: pageCount, from: rows)
        }
        guard let last = events.last else { return 0 }
        try await publisher.publish(events)
        try await database.write(charge.book) {
            try Cursor.advance(Relay.follower, to: last.sequence, under: charge, in: &$0)
        }
        return events.count
    }
}

/// Where events are passed on to: the edge of the process, or its own workers where there is no broker.
package protocol EventPublisher: Sendable {
    /// Returns when all of them have been accepted, in order; throws when any may not have been, and all come again.
    func publish(_ events: [LoggedEvent]) async throws
}
