import EventLog
import Storage

/// Where the answer to a request is.
enum AnsweredRequest: Sendable {
    case now(IdempotentAnswer)
    /// It was answered before, by this event.
    case before(sequence: Int64)

    /// The answer: rendered from its event where it was given before.
    func answer(from database: Database, book: BookID) throws -> IdempotentAnswer {
        switch self {
        case .now(let answer): return answer
        case .before(let sequence):
            guard let bytes = try database.read(book, { try $0.event(at: sequence) }) else {
                throw StorageFault.disagrees("a request was answered by event \(sequence), which is not there")
            }
            return try IdempotentAnswer(replaying: EventDocument(bytes))
        }
    }
}

extension UnitOfWork {
    /// Does a request once, however often it is asked: claims the key before any rule of the business is asked, and keeps
    /// with it the event that answers. What a rule refuses is kept too, as an event that tells of the refusal; what the
    /// refused request had done until then is dropped.
    /// - Parameters:
    ///   - subject: What a refusal is about.
    ///   - payment: The payment whose story a refusal belongs to, where there is one.
    /// - Throws: `IdempotencyRejection`, and a `RequestRejection` that is not kept: then nothing is written.
    mutating func once(
        _ claim: IdempotencyClaim, about subject: String, of payment: PaymentID? = nil, context: EventContext,
        _ request: (inout UnitOfWork) throws -> IdempotentAnswer
    ) throws -> AnsweredRequest {
        if let known = try IdempotencyStore.find(claim, in: self) { return .before(sequence: known.sequence) }
        let answer: IdempotentAnswer
        do {
            answer = try attempt { (work: inout UnitOfWork) throws -> IdempotentAnswer in try request(&work) }
        } catch let rejection as RequestRejection where rejection.isKept {
            if let payment { PaymentEventStore.note(payment, in: &self) }
            let event = RequestRejected(subject: subject, rejection: rejection, claim: claim)
            answer = IdempotentAnswer(.rejected(rejection), sequence: append(event, context: context))
        }
        try IdempotencyStore.keep(
            claim, answeredBy: answer.sequence, isRejected: answer.isRejected, in: &self)
        return .now(answer)
    }
}
