import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

/// What the books and the lists say.
extension PaymentStage {
    func row(_ id: PaymentID) throws -> PaymentRow {
        try #require(store.read { try PaymentStore.find(id, in: $0) })
    }

    func payment(_ id: PaymentID) throws -> Payment { try row(id).payment }

    func allPayments() throws -> [PaymentRow] {
        try store.read { try PaymentStore.page(after: nil, limit: 10_000, in: $0) }
    }

    func operation(_ id: PaymentOperationID) throws -> PaymentOperation {
        try #require(store.read { try PaymentOperationStore.find(id, in: $0) })
    }

    func operations(of payment: PaymentID) throws -> [PaymentOperation] {
        try store.read { try PaymentOperationStore.all(of: payment, in: $0) }
    }

    /// Where an account stands; nil as long as nothing was booked on it.
    func balance(_ path: String) throws -> BalanceReading? {
        let path = try #require(AccountPath(path))
        return try store.read { rows in
            let queries = LedgerQueries(rows)
            return try queries.account(.path(path)).map { try queries.balance(of: $0) }
        }
    }

    /// What is posted on an account, on its normal side, in minor units.
    func posted(_ path: String) throws -> Int64 { try balance(path)?.posted.minorUnits ?? 0 }

    /// What may be spent of an account, in minor units.
    func available(_ path: String) throws -> Int64 { try balance(path)?.available.minorUnits ?? 0 }

    /// Every account on which something is posted, in minor units on its normal side.
    func trialBalance() throws -> [String: Int64] {
        let balance = try TrialBalance.read(.first, from: store.database)
        let posted = balance.lines.filter { $0.posted != 0 }.map { ($0.account.path.text, Int64($0.posted)) }
        return Dictionary(uniqueKeysWithValues: posted)
    }

    func openWork(_ subject: AllowedText? = nil) throws -> [WorkItemKind] {
        try store.read { try WorkItemStore.page(.open, subject: subject, after: nil, limit: 1_000, in: $0) }.map(\.kind)
    }

    /// Freezes or closes an account.
    func change(_ path: String, _ change: AccountChange) async throws {
        let path = try #require(AccountPath(path))
        _ = try await ChangeAccount(database: store.database).run(
            .init(book: .first, account: .path(path), change: change, context: context))
    }

    func events() throws -> [EventDocument] {
        try store.read { try EventStore($0).events(after: 0, limit: 100_000) }
    }

    /// What must hold at the end of every test: the books balance and agree with their counters, no payment breaks a rule
    /// without a flag, and the log alone makes the same rows.
    func expectSound(_ location: SourceLocation = #_sourceLocation) throws {
        let balance = try TrialBalance.read(.first, from: store.database)
        #expect(balance.isRight, sourceLocation: location)
        let findings = try withWholeBook(of: store) { try PaymentInvariants.findings(in: $0) }
        #expect(findings.isEmpty, "\(findings)", sourceLocation: location)
        let differences = try differencesToReplay(of: store, Self.migrations, Self.replayers)
        #expect(differences.isEmpty, "\(differences.map(\.description))", sourceLocation: location)
        #expect(store.stops.isEmpty, sourceLocation: location)
    }
}
