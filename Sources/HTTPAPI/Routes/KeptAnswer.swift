import EventLog
import Payments
import Storage

/// Telling a request's answer, the first time and every time after.
extension Services {
    /// A refusal by a rule is told again as it was told first, the id of the request it refused included.
    func answer(
        _ kept: IdempotentAnswer, to call: Call, in book: BookID,
        _ accepted: (IdempotentAnswer.Body) throws -> Answer
    ) throws -> Answer {
        guard case .rejected(let rejection) = kept.body else {
            return try accepted(kept.body).replayed(kept.isReplayed)
        }
        let asked = kept.isReplayed ? try request(of: kept.sequence, in: book) : nil
        return .problem(rejection.problem, request: asked ?? call.id).replayed(kept.isReplayed)
    }

    private func request(of sequence: Int64, in book: BookID) throws -> RequestID? {
        guard let event = try database.read(book, { try EventStore($0).event(at: sequence) }) else { return nil }
        return try event.context().request.flatMap { RequestID(text: $0.text) }
    }
}
