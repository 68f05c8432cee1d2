import Crypto
import JSON

/// A request under its idempotency key: the first time it is carried out, and its answer kept in the same commit; afterwards
/// the answer is given again. Refusals of what was understood are answers too.
struct IdempotentRequest {
    let key: String
    /// SHA-256 of the request as understood.
    let fingerprint: String

    /// - Parameter request: Method, path and decoded body in one text, the same for every way of writing the same request.
    init(key: String, request: String) {
        self.key = key
        fingerprint = Hex.encode(Array(SHA256.hash(data: Array(request.utf8))))
    }

    func answer(in work: SandboxWork, _ carryOut: (SandboxWork) throws -> Answer) throws -> Answer {
        if let kept = try KeptAnswerStore.find(key, in: work) {
            guard kept.fingerprint == fingerprint else { throw SandboxProblem.idempotencyKeyReused }
            return Answer(status: kept.status, body: kept.body, delivery: .atOnce, isReplay: true)
        }
        let answer = try answerOrRefusal(work, carryOut)
        let kept = KeptAnswer(fingerprint: fingerprint, status: answer.status, body: answer.body)
        try KeptAnswerStore.insert(kept, key: key, in: work)
        return answer
    }

    private func answerOrRefusal(_ work: SandboxWork, _ carryOut: (SandboxWork) throws -> Answer) throws -> Answer {
        do {
            return try carryOut(work)
        } catch let problem as SandboxProblem {
            return Answer(status: problem.status, body: problem.body, delivery: .atOnce)
        }
    }
}

/// What goes back to a caller, as it is sent and kept.
struct Answer: Sendable {
    let status: Int64
    /// JSON.
    let body: String
    let delivery: Delivery
    var isReplay = false

    init(status: Int64, body: String, delivery: Delivery, isReplay: Bool = false) {
        self.status = status
        self.body = body
        self.delivery = delivery
        self.isReplay = isReplay
    }

    init(_ authorization: Authorization, _ operations: [Operation], _ delivery: Delivery) {
        let isOpen = authorization.outcome == .pending || authorization.outcome == .actionRequired
        self.init(status: isOpen ? 202 : 201, body: authorization.json(operations), delivery: delivery)
    }

    init(_ operation: Operation, _ delivery: Delivery) {
        self.init(status: operation.isOpen ? 202 : 201, body: operation.json, delivery: delivery)
    }
}

extension SandboxProblem {
    var body: String {
        var json = JSONWriter()
        json.beginObject()
        json.beginObject("error")
        json.field("code", code)
        json.field("message", message)
        json.field("param", ifPresent: param)
        json.endObject()
        json.endObject()
        return json.takeText()
    }
}

extension Authorization {
    func json(_ operations: [Operation]) -> String {
        var json = JSONWriter()
        json.beginObject()
        json.members(of: self, operations: operations)
        json.endObject()
        return json.takeText()
    }
}

extension Operation {
    var json: String {
        var json = JSONWriter()
        json.element(self)
        return json.takeText()
    }
}
