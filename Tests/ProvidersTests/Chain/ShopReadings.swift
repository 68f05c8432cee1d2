import Delivery
import EventLog
import Foundation
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Synchronization
import Testing

/// What the books say, and waiting for them to say it.
extension Shop {
    func payment(_ id: PaymentID) throws -> Payment {
        try #require(database.read(.first) { try PaymentStore.find(id, in: $0) }).payment
    }

    func payments() throws -> [Payment] {
        try database.read(.first) { try PaymentStore.page(after: nil, limit: 100_000, in: $0) }.map(\.payment)
    }

    func operations(of payment: PaymentID) throws -> [PaymentOperation] {
        try database.read(.first) { try PaymentOperationStore.all(of: payment, in: $0) }
    }

    func attempts(_ command: ProviderCommandID) throws -> [ProviderAttempt] {
        try database.read(.first) { try ProviderAttemptStore.all(of: command, in: $0) }
    }

    func notifications() throws -> [KeptNotification] {
        try database.read(.first) { try NotificationStore.page(after: nil, limit: 100_000, in: $0) }
    }

    func openWork() throws -> [WorkItemKind] {
        try database.read(.first) { try WorkItemStore.page(.open, after: nil, limit: 10_000, in: $0) }.map(\.kind)
    }

    func posted(_ path: String) throws -> Int64 {
        let path = try #require(AccountPath(path))
        return try database.read(.first) { rows in
            let queries = LedgerQueries(rows)
            return try queries.account(.path(path)).map { try queries.balance(of: $0).posted.minorUnits } ?? 0
        }
    }

    /// Whether nothing is asked, doubted or waited for any more, and the view shows all of it.
    func isQuiet() throws -> Bool {
        let isDone = try database.read(.first) { rows in
            try rows.select(ProviderCommandRow.self, "status <> 'done' LIMIT 1").isEmpty
        }
        return try isDone && projection.position(of: .first) == database.read(.first) { $0.asOf }
    }

    /// Waits until something is so; gives up after a while.
    func wait(
        seconds: Int = 30, _ location: SourceLocation = #_sourceLocation, until isSo: () async throws -> Bool
    ) async throws {
        for _ in 0..<(100 * seconds) {
            if try await isSo() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("it never came to that", sourceLocation: location)
    }

    /// Waits until we and the sandbox have nothing left to say to each other.
    func settle(seconds: Int = 60, _ location: SourceLocation = #_sourceLocation) async throws {
        try await wait(seconds: seconds, location) {
            guard try isQuiet(), try await sandbox.isQuiet() else { return false }
            return try isQuiet()
        }
    }

    /// What must hold at the end of every test: the books balance, no rule is broken without a flag, the log alone makes the
    /// same rows, the view shows the payments, and the sandbox did each thing it was asked for once at most.
    func expectSound(_ location: SourceLocation = #_sourceLocation) async throws {
        #expect(try TrialBalance.read(.first, from: database).isRight, sourceLocation: location)
        let findings = try database.read(.first) { try PaymentInvariants.findings(in: $0) }
        #expect(findings.isEmpty, "\(findings)", sourceLocation: location)
        #expect(try differencesToReplay().isEmpty, sourceLocation: location)
        let views = try PaymentViewQueries(database: database)
            .payments(PaymentFilter(), limit: 100_000, in: .first).payments
        let payments = try payments()
        #expect(views.map(\.id) == payments.map(\.id).reversed(), sourceLocation: location)
        for (view, payment) in zip(views, payments.reversed()) {
            #expect(view.status == payment.status && view.amounts == payment.amounts, sourceLocation: location)
        }
        let effects = try await sandbox.effects()
        let once = Dictionary(grouping: effects.filter { $0.reference != nil }) { "\($0.kind) \($0.reference ?? "")" }
        for (effect, times) in once {
            #expect(times.count == 1, "\(effect) happened \(times.count) times", sourceLocation: location)
        }
    }

    private func differencesToReplay() throws -> [ReplayFinding] {
        let directory = try TemporaryDirectory()
        let replay = try LogReplay(
            migrations: Self.migrations, replayers: [LedgerReplay(), PaymentsReplay()] + BackOffice.replayers,
            directory: directory.path + "/replayed")
        defer { replay.remove() }
        return try database.read(.first) { try replay.run($0) }
    }
}

/// How far a clock was moved.
final class Moved: Sendable {
    private let microseconds = Mutex<Int64>(0)

    var span: Instant.Span { Instant.Span(microseconds: microseconds.withLock { $0 }) }

    func add(_ span: Instant.Span) { microseconds.withLock { $0 += span.microseconds } }
}

/// The operating system's random bytes.
struct SystemBytes: RandomSource {
    func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}

struct WallSleeper: Sleeper {
    func sleep(for span: Instant.Span) async throws { try await Task.sleep(for: .microseconds(span.microseconds)) }
}

/// Steps of a test that takes a part in its own hands.
extension Shop {
    /// How the attempts at a payment's authorization ended.
    func results(of payment: PaymentID) throws -> [AttemptResult?] {
        try attempts(ProviderCommandID(rawValue: payment.rawValue)).map(\.result)
    }

    /// What the installation's log tells of refused notifications.
    func refusals() throws -> [NotificationRefused] {
        try database.read(.system) { try EventStore($0).events(after: 0, limit: 1_000) }
            .filter { $0.type == NotificationRefused.type }.map { try $0.content() }
    }

    /// Takes all that is due, as a worker does just before it sends.
    func claimAll() async throws -> [ClaimedCommand] {
        let due = try database.read(.first) { try ProviderCommandStore.due(at: clock.now, limit: 100, in: $0) }
        return try await ClaimProviderCommands(database: database).run(
            .init(
                book: .first, providerAccount: Self.account, commands: due.map(\.id), lease: patience.lease,
                context: EventContext(actor: "system:provider-worker")))
    }

    func party() throws -> ProviderParty? { try directory.party(of: contract.account, in: .first) }

    /// Gives us a new secret, which the sandbox does not know yet.
    func rotateSecret() async throws {
        _ = try await ChangeProviderConnection(
            database: database, connections: connections, random: SystemBytes()
        ).run(
            .init(
                book: .first, code: Self.account, notificationSecret: NotificationSecret(bytes: [UInt8](1...32)),
                context: EventContext(actor: "principal:anna")))
    }
}
