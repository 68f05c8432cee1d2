import Ledger
import Payments
import Storage

/// Shows breaks with what is open of them, how old they are, and what may be proposed.
package struct ListBreaks: Sendable {
    package struct Query: Sendable {
        /// Nil for all.
        package var state: BreakState?
        package var kind: BreakClass?
        package var statement: StatementID?
        /// The last break of the page before.
        package var after: BreakID?
        package var limit: Int

        package init(
            state: BreakState? = nil, kind: BreakClass? = nil, statement: StatementID? = nil, after: BreakID? = nil,
            limit: Int = 100
        ) {
            self.state = state
            self.kind = kind
            self.statement = statement
            self.after = after
            self.limit = limit
        }
    }

    private let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// A page of breaks, the oldest first.
    package func run(_ query: Query, of book: BookID, at now: Instant) throws -> BreakPage {
        try database.read(book) { rows in
            let breaks = try BreakStore.page(
                query.state, kind: query.kind, statement: query.statement, after: query.after, limit: query.limit,
                in: rows)
            let terms = try SettlementTermsStore.all(in: rows)
            return BreakPage(
                breaks: try breaks.map { try BreakReading($0, terms: terms, at: now, in: rows) }, asOf: rows.asOf)
        }
    }

    /// One break; nil when there is none of this number.
    package func find(_ id: BreakID, of book: BookID, at now: Instant) throws -> BreakReading? {
        try database.read(book) { rows in
            let terms = try SettlementTermsStore.all(in: rows)
            return try rows.find(Break.self, id).map { try BreakReading($0, terms: terms, at: now, in: rows) }
        }
    }
}

package struct BreakPage: Sendable {
    package let breaks: [BreakReading]
    /// The sequence the page is as of.
    package let asOf: Int64
}

/// A break as a reader sees it.
package struct BreakReading: Sendable {
    package let row: Break
    /// The remittance it is about, where it is about one.
    package let remittance: Remittance?
    package let ageDays: Int
    /// What may be proposed for it today; empty for most.
    package let proposable: [AdjustmentKind]
    /// Every adjustment that was proposed for it, the oldest first.
    package let adjustments: [Adjustment]

    init(_ row: Break, terms: [SettlementTerms], at now: Instant, in rows: Rows) throws {
        self.row = row
        remittance = try row.facts.remittance.flatMap { try rows.find(Remittance.self, $0) }
        ageDays = row.ageDays(on: BookingDate(of: now))
        let remittance = try row.facts.remittance.flatMap { try rows.find(Remittance.self, $0) }
        let own = terms.first { terms in
            switch (remittance, row.facts.source) {
            case (let remittance?, _): terms.providerAccount == remittance.providerAccount
            case (nil, .provider(let account)): terms.providerAccount == account
            case (nil, .bank(let bank)): terms.bank == bank
            }
        }
        proposable = row.isOpen ? AdjustmentRules.proposable(for: row, terms: own, on: now) : []
        adjustments = try rows.group(Adjustment.byBreak, row.id)
    }
}
