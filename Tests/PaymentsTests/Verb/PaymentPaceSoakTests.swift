import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

/// How many payments the verbs carry in process, beside everything a payment needs: key, hold, command, event, proof.
/// Says what it measured; only a release build's figures mean anything.
@Suite("The pace of payments", .enabled(if: Soak.isRequested, "a measurement: make soak"), .serialized)
struct PaymentPaceSoakTests {
    private static let count = 20_000
    private static let callers = 64

    @Test("is that of many callers at once, from charge to capture")
    func pace() async throws {
        let stage = try await PaymentStage()
        let charged = try await timed("charges accepted") { try await charge(stage) }
        try await timed("commands claimed") { while try await !stage.send(limit: 256).isEmpty {} }
        try await timed("captures recorded") { try await answer(charged, stage) }
        #expect(try stage.posted("merchant:acme:payable:EUR") == Int64(Self.count) * 1_000)
    }

    private func charge(_ stage: PaymentStage) async throws -> [PaymentID] {
        let charges = stage.createCharge
        return try await withThrowingTaskGroup(of: [PaymentID].self) { group in
            for caller in 0..<Self.callers {
                let keys = stride(from: caller, to: Self.count, by: Self.callers)
                let commands = try keys.map { try stage.chargeCommand(capture: .automatic, key: "key-\($0)") }
                group.addTask {
                    var made: [PaymentID] = []
                    for command in commands {
                        if case .payment(let row) = try await charges.run(command).body { made.append(row.payment.id) }
                    }
                    return made
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    private func answer(_ payments: [PaymentID], _ stage: PaymentStage) async throws {
        let outcomes = stage.recordOutcome
        let facts = payments.map { id in
            stage.fact(
                .captured(.eur(1_000), fee: nil), reference: "auth_\(id)", ProviderCommandID(rawValue: id.rawValue),
                movement: "cap_\(id)")
        }
        let context = stage.context
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<Self.callers {
                let mine = stride(from: caller, to: facts.count, by: Self.callers).map { facts[$0] }
                group.addTask {
                    for fact in mine {
                        _ = try await outcomes.run(
                            .init(book: .first, providerAccount: Example.sandbox, facts: [fact], context: context))
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @discardableResult
    private func timed<T>(_ what: String, _ work: () async throws -> T) async throws -> T {
        let clock = ContinuousClock()
        let start = clock.now
        let result = try await work()
        let seconds =
            Double((clock.now - start).components.attoseconds) / 1e18 + Double((clock.now - start).components.seconds)
        print("\(what): \(Int(Double(Self.count) / seconds)) a second")
        return result
    }
}
