import EventLog
import Payments
import Storage

/// What callers were told, against the log: nothing lost, nothing done twice, nothing nobody asked for.
struct AcknowledgementAudit {
    let intents: [Intent]
    let rows: Rows

    func findings() throws -> [String] {
        try intents.compactMap(lost) + doubled() + (try unaskedFor())
    }

    /// The event an answer was told from is there, and tells the same.
    private func lost(_ intent: Intent) throws -> String? {
        guard let answer = intent.answer else { return "\(intent.name) was never answered" }
        guard let bytes = try rows.event(at: answer.sequence) else {
            return "\(intent.name) was told event \(answer.sequence), which is not there"
        }
        let told = try IdempotentAnswer(replaying: EventDocument(bytes))
        return told.isSame(as: answer)
            ? nil
            : "\(intent.name) was told something else than event \(answer.sequence) tells: \(answer.body), not \(told.body)"
    }

    /// No two intents were answered by the same event.
    private func doubled() -> [String] {
        Dictionary(grouping: intents.compactMap { $0.answer?.sequence }) { $0 }
            .filter { $0.value.count > 1 }.keys.sorted().map { "event \($0) answered two intents" }
    }

    /// There are as many payments and operations as callers were told of.
    private func unaskedFor() throws -> [String] {
        var wanted: Set<PaymentID> = []
        var operations: Set<PaymentOperationID> = []
        for intent in intents {
            switch intent.answer?.body {
            case .payment(let row): wanted.insert(row.payment.id)
            case .operation(let operation): operations.insert(operation.id)
            case .rejected, nil: break
            }
        }
        let payments = try PaymentStore.page(after: nil, limit: .max, in: rows).map(\.payment.id)
        let asked = try payments.flatMap { try PaymentOperationStore.all(of: $0, in: rows) }
            .filter { $0.origin == .request }.map(\.id)
        return Self.differences(payments, wanted, "payment") + Self.differences(asked, operations, "operation")
    }

    private static func differences<ID: Identifier>(_ found: [ID], _ told: Set<ID>, _ what: String) -> [String] {
        let found = Set(found)
        return found.subtracting(told).sorted().map { "\(what) \($0) was done, and nobody was told" }
            + told.subtracting(found).sorted().map { "\(what) \($0) was told, and is not there" }
    }
}
