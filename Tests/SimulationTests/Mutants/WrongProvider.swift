import Money
import Payments
import Storage
import Synchronization

/// An adapter that does one thing wrong.
struct WrongProvider: PaymentProvider {
    enum Fault: String, CaseIterable, Sendable {
        case lostAnswerTakenForNone = "takes a lost answer for no effect, and asks under another key"
        case repeatsForgotten = "gives a repeated callback a name of its own"
        case amountMisread = "reads one minor unit more than was captured"
        case unsignedBelieved = "believes what nobody signed"
    }

    let right: any PaymentProvider
    let fault: Fault
    let count: Count

    var capabilities: ProviderCapabilities { right.capabilities }

    func submit(_ command: ProviderCommand) async -> ProviderReply {
        guard fault == .lostAnswerTakenForNone else { return misread(await right.submit(command)) }
        // The key is made of book and command: another book's name makes another key.
        let renamed = ProviderCommand(
            id: command.id, book: "\(command.book)-\(count.next())", kind: command.kind, amount: command.amount,
            paymentReference: command.paymentReference)
        let reply = await right.submit(renamed)
        guard case .unknown(let why) = reply else { return reply }
        return .unavailable(ProviderFailure(.providerUnavailable, rawCode: why))
    }

    func lookUp(_ command: ProviderCommand) async -> LookUpReply {
        let reply = await right.lookUp(command)
        guard case .found(let facts) = reply else { return reply }
        return .found(facts.map(misread))
    }

    func recall(_ payment: ProviderReference) async -> RecallReply { await right.recall(payment) }

    func verifyNotification(
        headers: NotificationHeaders, body: [UInt8], secrets: [NotificationSecret], now: Instant
    ) throws(NotificationRejection) -> ProviderNotification {
        let name = fault == .repeatsForgotten ? "-\(count.next())" : ""
        do {
            let believed = try right.verifyNotification(headers: headers, body: body, secrets: secrets, now: now)
            guard let id = ProviderReference(believed.id.text + name) else { return believed }
            return ProviderNotification(id: id, facts: believed.facts.map(misread))
        } catch .signatureMismatch where fault == .unsignedBelieved {
            guard let name = ProviderReference("forged-\(count.next())") else { throw .signatureMismatch }
            throw .unreadable(name: name, why: "not signed")
        }
    }

    private func misread(_ reply: ProviderReply) -> ProviderReply {
        guard case .facts(let facts) = reply else { return reply }
        return .facts(facts.map(misread))
    }

    private func misread(_ fact: ProviderFact) -> ProviderFact {
        guard fault == .amountMisread, case .captured(let amount, let fee) = fact.statement else { return fact }
        let more = Amount(minorUnits: amount.minorUnits + 1, currency: amount.currency)
        return ProviderFact(
            .captured(more, fee: fee), paymentReference: fact.paymentReference,
            movementReference: fact.movementReference, operationReference: fact.operationReference,
            occurredAt: fact.occurredAt, origin: fact.origin)
    }
}

/// Numbers that never come twice.
final class Count: Sendable {
    private let value = Mutex<Int>(0)

    func next() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }
}
