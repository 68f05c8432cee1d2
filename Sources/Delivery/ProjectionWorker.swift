import EventLog
import Storage

/// Brings one projection of all tenants' books up to their logs, page by page.
///
/// If the process dies between two pages, the next start goes on from the cursor; within a page, rows and cursor are one
/// database transaction, so that no event is applied twice or left out.
package struct ProjectionWorker: Sendable {
    private let database: Database
    private let projection: any Projection
    private let pageCount: Int

    package init(_ projection: any Projection, on database: Database, pageCount: Int = 500) {
        self.database = database
        self.projection = projection
        self.pageCount = pageCount
    }

    /// Woken by commits. What it waits for more to come, its readers see later.
    package var worker: Worker {
        let bell = Doorbell()
        database.signal.ring(bell)
        return Worker(
            "projection \(projection.name)", rest: .seconds(1), gathering: .milliseconds(10), bell: bell
        ) { _ in try await step() }
    }

    /// Applies at most one page of each book. Answers whether any book may have more.
    package func step() async throws -> Bool {
        var hasMore = false
        for charge in try database.charges() where charge.book.isTenant {
            if try await applyPage(of: charge) == pageCount { hasMore = true }
        }
        return hasMore
    }

    /// How far the projection of a book has come.
    package func position(of book: BookID) throws -> Int64 {
        try database.read(book) { try Cursor.position(of: projection.name, in: $0) }
    }

    /// Events are read from their bytes before the unit of work, which everybody else waits for.
    private func applyPage(of charge: Charge) async throws -> Int {
        let events = try page(of: charge.book)
        guard let last = events.last else { return 0 }
        let projection = projection
        let changes = try events.compactMap { event in
            try projection.read(EventDocument(event.bytes)).map { (sequence: event.sequence, change: $0) }
        }
        try await database.write(charge.book, expecting: changes.flatMap(\.change.expecting)) { work in
            let position = try Cursor.position(of: projection.name, in: work)
            for (sequence, change) in changes where sequence > position { try change.apply(&work) }
            try Cursor.advance(projection.name, to: last.sequence, under: charge, in: &work)
        }
        return events.count
    }

    private func page(of book: BookID) throws -> [LoggedEvent] {
        try database.read(book) { rows in
            let position = try Cursor.position(of: projection.name, in: rows)
            return try LoggedEvent.page(after: position, limit: pageCount, from: rows)
        }
    }
}

/// An event as it lies in the log.
package struct LoggedEvent: Sendable {
    package let book: BookID
    package let sequence: Int64
    package let bytes: [UInt8]

    static func page(after sequence: Int64, limit: Int, from rows: Rows) throws -> [LoggedEvent] {
        var events: [LoggedEvent] = []
        try rows.events(after: sequence, limit: limit) { sequence, bytes in
            events.append(LoggedEvent(book: rows.book, sequence: sequence, bytes: Array(bytes)))
        }
        return events
    }
}
