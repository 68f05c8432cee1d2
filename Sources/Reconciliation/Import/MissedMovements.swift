import EventLog
import Ledger
import Money
import Payments
import Storage

/// Opens a break for each movement that was due and of which no line speaks. Nothing is booked: the next file may tell it.
struct MissedMovements: Sendable {
    let database: Database
    let book: BookID
    let context: EventContext
    private static let pageCount = 100

    init(database: Database, book: BookID, context: EventContext) {
        self.database = database
        self.book = book
        self.context = context
    }

    /// What was due in a file that is booked to its last line.
    func open(after content: SettlementContent, of statement: StatementID, _ terms: SettlementTerms) async throws {
        let due = Due(in: content, cutOff: terms.cutOff)
        try await open(of: terms, upTo: due.lastMoment, statement: statement, dueDate: content.date)
    }

    /// - Parameters:
    ///   - statement: The file it was due in; nil where none came.
    ///   - dueDate: The day it was due; nil for the business day of each.
    func open(
        of terms: SettlementTerms, upTo moment: Instant, statement: StatementID?, dueDate: BookingDate?
    ) async throws {
        var hasMore = true
        while hasMore {
            let page = try database.read(book) { rows in
                try MovementStore.missed(of: terms.providerAccount, upTo: moment, limit: Self.pageCount, in: rows)
            }
            guard !page.isEmpty else { return }
            let context = context
            try await database.write(book, expecting: page.map { .row(ExpectedMovement.self, $0.key) }) { work in
                for movement in page {
                    let day = dueDate ?? terms.cutOff.businessDay(of: movement.occurredAt)
                    let missed = MissedMovement(key: movement.key, statement: statement, dueDate: day, fees: terms.fees)
                    try missed.open(context: context, in: &work)
                }
            }
            hasMore = page.count == Self.pageCount
        }
    }
}

/// One movement that was due.
private struct MissedMovement {
    let key: MovementKey
    let statement: StatementID?
    let dueDate: BookingDate
    let fees: ProviderFeeSchedule?

    /// Unless a line or another process has been faster.
    func open(context: EventContext, in work: inout UnitOfWork) throws {
        guard var movement = try work.find(ExpectedMovement.self, key), movement.state == .open, !movement.isMissed
        else { return }
        movement.isMissed = true
        work.update(movement)
        let facts = BreakFacts(
            .missingThere, source: .provider(movement.providerAccount), statement: statement, movement: key,
            payment: movement.payment, providerReference: movement.providerReference,
            expected: movement.figure(fees), found: nil, difference: movement.claim, dueDate: dueDate)
        try BreakStore.open(facts, context: context, in: &work)
    }
}

extension ExpectedMovement {
    /// What it is on the provider's receivable: its gross less what was expensed of the fee when it happened. It fits: the
    /// counters of that account have taken it.
    var claim: Amount { Amount(minorUnits: gross.minorUnits - feeBooked.minorUnits, currency: currency) }
}
