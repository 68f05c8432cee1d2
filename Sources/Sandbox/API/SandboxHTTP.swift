import Hummingbird

/// What the routes need of a request.
extension Request {
    static let bodyBytesMax = 64 * 1024

    func bytes() async throws -> [UInt8] {
        Array(buffer: try await body.collect(upTo: Self.bodyBytesMax))
    }

    func idempotencyKey() throws(SandboxProblem) -> String {
        guard let key = headers[.init("Idempotency-Key")!] else { throw .missingIdempotencyKey }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (33...126).contains($0) }) else {
            throw .invalidIdempotencyKey
        }
        return key
    }

    /// A query parameter that must be there.
    func query(_ name: Substring) throws(SandboxProblem) -> String {
        guard let value = uri.queryParameters[name], !value.isEmpty else {
            throw .invalidField(String(name), "the query parameter \(name) is missing")
        }
        return String(value)
    }

    /// Where a page begins and how long it is: at most 1,000.
    func page() throws(SandboxProblem) -> (after: Int64, limit: Int64) {
        let after = try number("after", default: 0, within: 0...Int64.max)
        return (after, try number("limit", default: 1_000, within: 1...1_000))
    }

    func fileChoice() throws(SandboxProblem) -> (day: BusinessDay, isFaithful: Bool) {
        guard let day = BusinessDay(text: try query("date")) else {
            throw .invalidField("date", "date must be YYYY-MM-DD")
        }
        return (day, uri.queryParameters["without_faults"] == "true")
    }

    private func number(
        _ name: Substring, default absent: Int64, within range: ClosedRange<Int64>
    ) throws(SandboxProblem) -> Int64 {
        guard let text = uri.queryParameters[name] else { return absent }
        guard let number = Int64(text), range.contains(number) else {
            throw .invalidField(String(name), "\(name) must be from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}

extension Response {
    init(_ answer: Answer) {
        self = .text(answer.body, type: Self.jsonType, status: Int(answer.status))
        if answer.isReplay { headers[.init("Idempotency-Replayed")!] = "true" }
    }

    init(_ problem: SandboxProblem) {
        self = .text(problem.body, type: Self.jsonType, status: Int(problem.status))
    }

    static func json(_ text: String) -> Response {
        .text(text, type: jsonType)
    }

    static func csv(_ text: String?) throws(SandboxProblem) -> Response {
        guard let text else { throw .notFound }
        return .text(text, type: "text/csv; charset=utf-8; header=present")
    }

    static func text(_ text: String, type: String, status: Int = 200) -> Response {
        Response(
            status: .init(code: status), headers: [.contentType: type],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private static let jsonType = "application/json"
}
