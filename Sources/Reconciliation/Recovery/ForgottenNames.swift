import Ledger
import Payments
import Storage

/// A page of what there is to ask a provider about after a restore: its names for payments, each once, in the order they
/// are found.
///
/// What one page answered may take rows off the next (a line that is explained, a promise that was kept), which moves
/// nothing: pages go on after the number of a row, not after a count of them.
struct ForgottenNames {
    private(set) var all: [ProviderReference] = []
    /// Where the next page begins; nil where there is nothing more.
    private(set) var next: RecoveryPosition?

    /// A row that may name a payment, by its number.
    private typealias Naming = (row: Int64, name: ProviderReference?)

    /// - Parameter limit: How many rows are looked at, at most; one that names no payment counts too.
    init(of account: PathSegment, from start: RecoveryPosition, limit: Int, in rows: Rows) throws {
        precondition(limit > 0, "a page has room for a row")
        var known: Set<ProviderReference> = []
        var room = limit
        var position: RecoveryPosition? = start
        while let place = position {
            // One more than there is room for: whether it comes tells if there is a next page.
            let found = try Self.names(of: account, from: place, limit: room + 1, in: rows)
            let taken = found.prefix(room)
            all += taken.compactMap(\.name).filter { known.insert($0).inserted }
            if found.count > room {
                next = RecoveryPosition(place.source, after: taken.last?.row ?? place.last)
                return
            }
            room -= taken.count
            position = place.source.next.map { RecoveryPosition($0) }
        }
    }

    private static func names(
        of account: PathSegment, from place: RecoveryPosition, limit: Int, in rows: Rows
    ) throws -> [Naming] {
        switch place.source {
        case .partlyCapturedPromises: try promises(.partiallyCaptured, of: account, place.last, limit, in: rows)
        case .wholePromises: try promises(.authorized, of: account, place.last, limit, in: rows)
        case .orphanFacts: try orphanFacts(of: account, place.last, limit, in: rows)
        case .unexplainedLines: try unexplainedLines(of: account, place.last, limit, in: rows)
        }
    }

    /// A promise may have been voided or captured since: of a void no file tells. The newest first.
    private static func promises(
        _ status: PaymentStatus, of account: PathSegment, _ last: Int64?, _ limit: Int, in rows: Rows
    ) throws -> [Naming] {
        try PaymentStore.page(
            of: status, before: last.map { PaymentID(rawValue: $0) }, limit: limit, in: rows
        ).map { row in
            let isTheirs = row.payment.providerAccount == account
            return (row.payment.id.rawValue, isTheirs ? row.payment.providerReference : nil)
        }
    }

    private static func orphanFacts(
        of account: PathSegment, _ last: Int64?, _ limit: Int, in rows: Rows
    ) throws -> [Naming] {
        try OrphanFactStore.waiting(after: last.map { OrphanFactID(rawValue: $0) }, limit: limit, in: rows).map {
            orphan in
            (orphan.id.rawValue, orphan.providerAccount == account ? orphan.fact.paymentReference : nil)
        }
    }

    /// A line that names no payment cannot be asked about, and stays a break for people.
    private static func unexplainedLines(
        of account: PathSegment, _ last: Int64?, _ limit: Int, in rows: Rows
    ) throws -> [Naming] {
        let breaks = try UnexplainedLineStore.page(
            of: account, after: last.map { BreakID(rawValue: $0) }, limit: limit, in: rows)
        return try breaks.map { broken in
            let line = try broken.facts.line.flatMap { try rows.find(StatementLine.self, $0) }
            let name = (line?.providerPayment).flatMap { $0.isMasked ? nil : ProviderReference($0.text) }
            return (broken.id.rawValue, name)
        }
    }
}
