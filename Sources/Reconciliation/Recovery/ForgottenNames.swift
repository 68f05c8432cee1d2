import Ledger
import Payments
import Storage

/// What there is to ask a provider about after a restore: its names for payments, each once, in the order they are found.
struct ForgottenNames {
    private(set) var all: [ProviderReference] = []
    private var known: Set<ProviderReference> = []
    private static let pageCount = 500

    init(_ account: PathSegment, in rows: Rows) throws {
        try addUnexplainedLines(of: account, in: rows)
        try addOrphans(of: account, in: rows)
        try addStandingPromises(of: account, in: rows)
    }

    private mutating func add(_ name: ProviderReference?) {
        guard let name, known.insert(name).inserted else { return }
        all.append(name)
    }

    /// A line that names no payment cannot be asked about, and stays a break for people.
    private mutating func addUnexplainedLines(of account: PathSegment, in rows: Rows) throws {
        var last: BreakID?
        repeat {
            let page = try BreakStore.page(.open, kind: .missingHere, after: last, limit: Self.pageCount, in: rows)
            for broken in page where broken.facts.source == .provider(account) {
                let line = try broken.facts.line.flatMap { try rows.find(StatementLine.self, $0) }
                add((line?.providerPayment).flatMap { $0.isMasked ? nil : ProviderReference($0.text) })
            }
            last = page.last?.id
        } while last != nil
    }

    /// What the provider told of meanwhile, and found no payment.
    private mutating func addOrphans(of account: PathSegment, in rows: Rows) throws {
        var last: OrphanFactID?
        repeat {
            let page = try OrphanFactStore.waiting(after: last, limit: Self.pageCount, in: rows)
            for orphan in page where orphan.providerAccount == account { add(orphan.fact.paymentReference) }
            last = page.last?.id
        } while last != nil
    }

    /// A promise may have been voided or captured since: of a void no file tells.
    private mutating func addStandingPromises(of account: PathSegment, in rows: Rows) throws {
        for status in [PaymentStatus.authorized, .partiallyCaptured] {
            var last: PaymentID?
            repeat {
                let page = try PaymentStore.page(
                    PaymentFilter(status: status), before: last, limit: Self.pageCount, in: rows)
                for row in page where row.payment.providerAccount == account { add(row.payment.providerReference) }
                last = page.last?.payment.id
            } while last != nil
        }
    }
}
