import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("The workers of payments")
struct PaymentWorkersTests {
    @Test("each have a name of their own, and a step that finds nothing to do in a quiet book")
    func quiet() async throws {
        let stage = try await PaymentStage()
        let workers = try workers(on: stage).all
        #expect(Set(workers.map(\.name)).count == workers.count)
        let sequence = try stage.store.read { $0.asOf }
        // Checkpoints need a log with a tree, which this stage's is not.
        for worker in workers where worker.name != "checkpointer" {
            #expect(try await worker.step(stage.store.clock.now) == false, "\(worker.name)")
        }
        #expect(try stage.store.read { $0.asOf } == sequence)
    }

    @Test("take away what has had its time, but not while the clock may not be believed", arguments: [true, false])
    func clock(isTrusted: Bool) async throws {
        let stage = try await PaymentStage()
        let provider = ScriptedProvider()
        provider.hear(.success(.init(id: Example.reference("evt_1"), facts: [])))
        _ = try await stage.receiver(provider).run(stage.notification(to: stage.endpoint()))
        let later = stage.store.clock.now.advanced(by: .days(31))
        for worker in try workers(on: stage, isClockTrusted: isTrusted).all where worker.name == "notification purge" {
            _ = try await worker.step(later)
        }
        #expect(try stage.keptNotifications().isEmpty == isTrusted)
    }

    @Test("tell the log of what they have counted when they end")
    func counts() async throws {
        let stage = try await PaymentStage()
        try await stage.store.database.createBook(.system, named: BookID.systemName)
        let refused = RefusedNotifications(database: stage.store.database)
        await #expect(throws: UnknownEndpoint()) {
            try await stage.receiver(ScriptedProvider(), refused).run(stage.notification(to: "whe_1_x"))
        }
        for worker in try workers(on: stage, counting: refused).all { await worker.finish() }
        let told = try stage.store.read(.system) { try EventStore($0).events(after: 0, limit: 10) }
        #expect(told.map(\.type) == [NotificationRefused.type])
    }

    private func workers(
        on stage: PaymentStage, isClockTrusted: Bool = true, counting refused: RefusedNotifications? = nil
    ) throws -> PaymentWorkers {
        let database = stage.store.database
        let signer = try SignerKey(name: "test", seed: [UInt8](repeating: 1, count: 32))
        return PaymentWorkers(
            database: database, texts: stage.texts, outcomes: stage.recordOutcome,
            providerWorker: try stage.worker(ScriptedProvider()),
            checkpointer: Checkpointer(database: database, signer: signer, places: []),
            refusedNotifications: refused ?? RefusedNotifications(database: database),
            failedAuthentications: FailedAuthentications(database: database), clock: stage.store.clock,
            isClockTrusted: { isClockTrusted }, report: { Issue.record("\($0)") })
    }
}
