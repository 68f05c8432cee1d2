import JSON
import Payments

/// An answer that says no, after RFC 9457: what a caller's program decides on is `code`, and nothing else in it.
///
/// Everything that goes wrong becomes one of these in one place, `init(_ error:)`; a route never chooses a status.
package struct Problem: Error, Hashable {
    package let code: ProblemCode
    /// What happened this time, in a sentence for people. Never what the caller sent, unless it has an alphabet of ours.
    package let detail: String
    /// The member, parameter or header it is about.
    package let param: String?
    /// After how many seconds trying again is worth it; nil to leave it to the code.
    package let retryAfterSeconds: Int?
    /// Methods the route has, where the method is the problem.
    package let allow: String?

    package init(
        _ code: ProblemCode, _ detail: String? = nil, param: String? = nil, retryAfterSeconds: Int? = nil,
        allow: String? = nil
    ) {
        self.code = code
        self.detail = detail ?? code.entry.title
        self.param = param
        self.retryAfterSeconds = retryAfterSeconds ?? code.entry.retryAfterSeconds
        self.allow = allow
    }

    package var status: Int { code.entry.status }

    /// The same about a part of a larger body: `transactions[3].postings`.
    func at(_ place: String) -> Problem {
        Problem(
            code, detail, param: param.map { "\(place).\($0)" } ?? place, retryAfterSeconds: retryAfterSeconds,
            allow: allow)
    }
}

/// A rejection or fault that has its row in the table.
protocol ProblemConvertible: Error {
    var problem: Problem { get }
}

extension Problem {
    /// The problem an error is told as. What has no row is our fault: its kind is told, its detail only logged.
    package init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let known as any ProblemConvertible: self = known.problem
        default: self = Problem(.internalFault)
        }
    }

    /// Whether something is wrong on our side that somebody should look at, so that its cause belongs into the log. Being
    /// busy, behind or stopping is not: a caller who asks for too much must not fill the log.
    package var isFault: Bool {
        [.internalFault, .storageFull, .storeUnavailable, .outcomeUnknown].contains(code)
    }
}

extension Problem {
    /// The document. Card numbers are masked here once more, whatever a sentence was made of.
    package func body(request: RequestID) -> [UInt8] {
        JSONWriter.object { json in
            json.members(of: self)
            json.field("request_id", request.description)
        }
    }
}

extension JSONWriter {
    mutating func members(of problem: Problem) {
        let entry = problem.code.entry
        field("type", problem.code.uri)
        field("title", entry.title)
        field("status", entry.status)
        field("detail", CardNumberScreen.masked(problem.detail).text)
        field("code", problem.code.rawValue)
        field("param", orNull: problem.param.map { CardNumberScreen.masked($0).text })
        field("retryable", entry.isRetryable)
    }
}
