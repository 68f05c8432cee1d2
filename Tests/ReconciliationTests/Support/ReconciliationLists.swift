import EventLog
import Ledger
import Money
import Payments
import Storage
import Testing

@testable import Reconciliation

/// All that is listed for people, narrowed in each way it can be.
extension ReconciliationStage {
    func readLists() throws {
        try readPayments()
        try readAccounts()
        try readWork()
        try store.read { rows in
            _ = try MerchantStore.page(after: nil, limit: 10, in: rows)
            _ = try ProviderAccountStore.page(after: nil, limit: 10, in: rows)
            _ = try NotificationStore.page(after: nil, limit: 10, in: rows)
            _ = try OrphanFactStore.waiting(after: nil, limit: 10, in: rows)
            _ = try ProviderCommandStore.due(of: Self.sandbox, at: store.clock.now, limit: 10, in: rows)
            _ = try RemittanceStore.page(after: nil, limit: 10, in: rows)
        }
    }

    private func readPayments() throws {
        let now = store.clock.now
        for filter in [
            PaymentFilter(), PaymentFilter(status: .captured), PaymentFilter(merchant: Self.acme),
            PaymentFilter(reference: ExternalID("order-1")), PaymentFilter(createdFrom: now, createdBefore: now),
        ] {
            _ = try store.read { try PaymentViewStore.page(filter, before: nil, limit: 10, in: $0) }
        }
        _ = try store.read { try PaymentStore.page(of: .authorized, before: nil, limit: 10, in: $0) }
        let payment = try #require(try store.read { try PaymentStore.page(after: nil, limit: 1, in: $0) }.first).payment
            .id
        try store.read { rows in
            _ = try PaymentEventStore.events(of: payment, limit: 10, in: rows)
            _ = try PaymentOperationStore.all(of: payment, in: rows)
            _ = try NotificationStore.all(of: payment, in: rows)
            _ = try StatementStore.lines(of: payment, in: rows)
        }
    }

    private func readAccounts() throws {
        let receivable = try path("provider:sandbox:receivable:EUR")
        try store.read { rows in
            let queries = LedgerQueries(rows)
            _ = try queries.accounts(limit: 10)
            _ = try queries.accounts(of: AllowedText(Self.acme.text), limit: 10)
            let account = try #require(try queries.account(.path(receivable)))
            let posting = try #require(try queries.postings(on: account.id, limit: 10).first)
            _ = try queries.openItems(on: account, limit: 10)
            _ = try queries.transaction(posting.cursor.transaction)
            _ = try queries.children(of: posting.cursor.transaction)
        }
    }

    private func readWork() throws {
        try store.read { rows in
            for state in [WorkItemState.open, .resolved] {
                _ = try WorkItemStore.page(state, kind: .break, after: nil, limit: 10, in: rows)
            }
            _ = try WorkItemStore.openCounts(in: rows)
        }
        let listing = ListBreaks(database: store.database)
        for query in [
            ListBreaks.Query(), .init(state: .open, kind: .missingHere), .init(state: .resolved),
            .init(statement: StatementID(rawValue: 1)),
        ] {
            _ = try listing.run(query, of: .first, at: store.clock.now)
        }
    }
}
