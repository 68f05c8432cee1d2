import HTTPTypes

/// What a route answers with.
package struct Answer: Sendable {
    package var status: HTTPResponse.Status
    package var headers: HTTPFields
    package var body: [UInt8]

    package init(status: HTTPResponse.Status, headers: HTTPFields, body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package static func json(_ status: HTTPResponse.Status = .ok, _ body: [UInt8]) -> Answer {
        Answer(status: status, headers: [.contentType: "application/json"], body: body)
    }

    package static func text(_ contentType: String, _ text: String) -> Answer {
        Answer(status: .ok, headers: [.contentType: contentType], body: Array(text.utf8))
    }

    package static func problem(_ problem: Problem, request: RequestID) -> Answer {
        var answer = Answer(
            status: .init(code: problem.status), headers: [.contentType: "application/problem+json"],
            body: problem.body(request: request))
        if let seconds = problem.retryAfterSeconds { answer.headers[.retryAfter] = String(seconds) }
        if let allow = problem.allow { answer.headers[.allow] = allow }
        // RFC 9110 §11.6.1: a 401 says how to authenticate.
        if problem.status == 401 { answer.headers[.wwwAuthenticate] = "Bearer" }
        return answer
    }

    /// The same with one more header.
    package func with(_ name: HTTPField.Name, _ value: String) -> Answer {
        var answer = self
        answer.headers[name] = value
        return answer
    }
}

extension HTTPField.Name {
    package static let requestID = HTTPField.Name("X-Request-Id")!
    package static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
    package static let idempotencyReplayed = HTTPField.Name("Idempotency-Replayed")!
    package static let minimumSequence = HTTPField.Name("Summa-Min-Sequence")!
    /// Where this book is served best, when that is another process: a hint.
    package static let preferredProcess = HTTPField.Name("Summa-Preferred-Process")!
    package static let prefer = HTTPField.Name("Prefer")!
    package static let preferenceApplied = HTTPField.Name("Preference-Applied")!
    package static let traceparent = HTTPField.Name("traceparent")!
}
