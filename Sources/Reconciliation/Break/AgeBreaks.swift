import EventLog
import Ledger
import Money
import Payments
import Storage

/// Opens breaks for what the passing of time makes wrong: a movement in no file though its day is long over, and a remittance
/// our bank has not shown by its day. What is open already only grows older: its age counts from the day it was due.
///
/// Stepped from outside, over all books; if the process dies in a step the next one finds the rest.
package struct AgeBreaks: Sendable {
    private let database: Database
    /// Whether the wall clock may be believed. While it may not, nothing ages.
    private let isClockTrusted: @Sendable () -> Bool
    private static let context = EventContext(actor: "system:reconciliation")
    private static let pageCount = 100

    package init(database: Database, isClockTrusted: @escaping @Sendable () -> Bool = { true }) {
        self.database = database
        self.isClockTrusted = isClockTrusted
    }

    package func step(now: Instant) async throws {
        guard isClockTrusted() else { return }
        for charge in try database.charges() { try await step(now: now, book: charge.book) }
    }

    private func step(now: Instant, book: BookID) async throws {
        let contracts = try database.read(book) { try SettlementTermsStore.all(in: $0) }
        guard !contracts.isEmpty else { return }
        try await FollowPayments(database: database).catchUp(book)
        let missing = MissedMovements(database: database, book: book, context: Self.context)
        for terms in contracts {
            guard let lastDay = BookingDate(of: now).adding(days: -1 - Int(terms.arrivalDays)) else { continue }
            let due = Due(date: lastDay, coversUntil: nil, cutOff: terms.cutOff)
            try await missing.open(of: terms, upTo: due.lastMoment, statement: nil, dueDate: nil)
        }
        try await openOverdueRemittances(on: BookingDate(of: now), book: book)
        try await SpreadReceipts(database: database).catchUp(book, context: Self.context)
    }

    private func openOverdueRemittances(on today: BookingDate, book: BookID) async throws {
        var hasMore = true
        while hasMore {
            let page = try database.read(book) { rows in
                try RemittanceStore.overdue(on: today, limit: Self.pageCount, in: rows)
            }
            guard !page.isEmpty else { return }
            try await database.write(book) { work in
                for late in page {
                    guard let remittance = try work.find(Remittance.self, late.id), remittance.receivedCount == 0 else {
                        continue
                    }
                    try RemittanceReview(remittance, statement: nil, context: Self.context).perform(in: &work)
                }
            }
            hasMore = page.count == Self.pageCount
        }
    }
}
