import EventLog
import Ledger
import Payments
import Storage
import SummaTestKit
import Synchronization
import Testing

@testable import Reconciliation

/// What lets the schema be distributed by book: recorded from all SQL that whole days, their lists, a recovery and an epoch send.
@Suite("Every statement", .enabled(if: TestStore.isPostgres, "needs a PostgreSQL server"), .serialized)
struct DistributionTests {
    private static let allHeads = "FROM head ORDER BY book"
    private static let tables = Set(
        ["head", "event", "tile"] + ReconciliationStage.migrations.flatMap(\.tables).map { Substring($0.name) })

    private func record(_ body: () async throws -> Void) async throws -> [PostgresConnection.Sent] {
        let sent = Mutex<[PostgresConnection.Sent]>([])
        PostgresConnection.recorder.withLock { $0 = { statement in sent.withLock { $0.append(statement) } } }
        defer { PostgresConnection.recorder.withLock { $0 = nil } }
        try await body()
        return sent.withLock { $0 }
    }

    /// Each binds every table it touches to the book that is its first parameter, and each transaction has one.
    private func expectBound(_ sent: [PostgresConnection.Sent], atLeast count: Int) throws {
        var books: [ObjectIdentifier: Set<Int64>] = [:]
        var found = 0
        for statement in sent {
            if statement.sql.hasPrefix("BEGIN") || statement.sql.hasPrefix("COMMIT") || statement.sql == "ROLLBACK" {
                books[statement.connection] = []
                continue
            }
            // The making of the schema, and who looks for all books.
            if statement.sql.hasPrefix("CREATE") || statement.sql.hasSuffix(Self.allHeads) { continue }
            let binding = BookBinding(of: statement.sql, tables: Self.tables)
            guard binding.touchesBook else { continue }
            found += 1
            #expect(binding.bindsEach, "\(binding): \(statement.sql)")
            let book = try #require(statement.firstInteger, "\(statement.sql)")
            books[statement.connection, default: []].insert(book)
            #expect(books[statement.connection]?.count == 1, "\(statement.sql)")
        }
        #expect(found >= count)
    }

    @Test("of a day of payments, files, breaks and adjustments binds each of its tables to one book")
    func day() async throws {
        let sent = try await record {
            let stage = try await ReconciliationStage.day()
            try await AgeBreaks(database: stage.store.database).step(now: stage.store.clock.now)
            try stage.expectSound()
        }
        try expectBound(sent, atLeast: 100)
    }

    @Test("that reads a list does so too")
    func lists() async throws {
        let stage = try await ReconciliationStage.day()
        try expectBound(try await record { try stage.readLists() }, atLeast: 35)
    }

    @Test("that recovers what was forgotten does so too")
    func recovery() async throws {
        let stage = try await ReconciliationStage()
        let provider = RecallingProvider()
        provider.knows("auth_1", .eur(1_000), capture: "cap_1", command: 1 << 60, at: stage.store.clock.now)
        try await stage.take([try .charge("cap_1", .eur(1_000))])
        let sent = try await record {
            let recovery = try await stage.recovery(by: provider).run(
                .init(
                    book: .first, providerAccount: ReconciliationStage.sandbox, scope: .page(from: nil),
                    context: stage.context))
            #expect(recovery.counts == [.recovered: 1])
        }
        try expectBound(sent, atLeast: 30)
    }

    @Test("that proves a log, audits it and begins its next epoch does so too")
    func epoch() async throws {
        let store = try TestDatabase([], log: MerkleLog(), runsOwnThread: true)
        let key = try SignerKey(name: "summa.example/log", seed: [UInt8](repeating: 1, count: 32))
        let context = EventContext(actor: "system:new_epoch")
        // More than a tile of them.
        try await store.database.write(.first) { work in
            for _ in 0..<300 { work.append(BookOpened.example, context: context) }
        }
        let sent = try await record {
            let note = try store.read { rows in
                let log = EventStore(rows)
                _ = try log.inclusionProof(sequence: 1, size: 300)
                _ = try log.consistencyProof(from: 100, to: 300)
                return try Checkpoint(origin: log.origin.description, size: 200, root: log.root(size: 200)).signed(
                    by: key)
            }
            let audit = LogAudit(database: store.database, book: .first)
            #expect(try audit.run(checkpoints: [note], keys: [key.verifier]).isEmpty)
            let beginning = EpochBeginning(of: store.database, verifier: key.verifier)
            try await beginning.run(try beginning.plan(.first, notes: [note]), context: context)
        }
        try expectBound(sent, atLeast: 10)
    }

    @Test("that asks for all books asks for their heads, and nothing else")
    func asksForHeads() async throws {
        let sent = try await record { _ = try await ReconciliationStage.day() }
        for statement in sent where statement.sql.contains("FROM head") && statement.firstInteger == nil {
            #expect(statement.sql.hasSuffix(Self.allHeads))
        }
    }
}
