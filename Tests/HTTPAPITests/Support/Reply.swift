import HTTPAPI
import JSON
import NIOHTTP1

/// What the server answered.
struct Reply: Sendable {
    let status: Int
    let headers: HTTPHeaders
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }
    var code: String? { json["code"]?.string }
    var param: String? { json["param"]?.string }

    subscript(name: String) -> JSONValue? { json[name] }

    /// Whether it is a problem as `docs/errors.md` promises them, of this code.
    func isProblem(_ code: ProblemCode) -> Bool {
        status == code.entry.status && headers.first(name: "content-type") == "application/problem+json"
            && json["type"]?.string == "urn:summa:problem:\(code.rawValue)" && self.code == code.rawValue
            && json["status"]?.integer == Int64(status) && json["title"]?.string == code.entry.title
            && json["detail"]?.string?.isEmpty == false && json.object?.members.contains { $0.name == "param" } == true
            && json["retryable"]?.bool == code.entry.isRetryable
            && json["request_id"]?.string == headers.first(name: "x-request-id")
    }
}
