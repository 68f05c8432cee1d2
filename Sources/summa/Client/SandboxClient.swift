import AsyncHTTPClient
import JSON
import NIOHTTP1

/// Speaks to the sandbox provider as its other users do: the payer, the calendar, the merchant's dashboard.
struct SandboxClient: Sendable {
    private let api: APIClient

    init(url: String, key: String, http: HTTPClient) {
        api = APIClient(url: url, key: key, http: http)
    }

    /// Whether nothing is to happen within ten minutes and every callback has been accepted.
    func isQuiet() async throws -> Bool {
        let activity = try await api.get("/v1/activity")
        return activity["jobs"]?.integer == 0 && activity["callbacks"]?.integer == 0
    }

    /// Ends a business day. A day that was closed before stays as it was.
    /// - Parameter faults: The seed of the differences to plant; nil for files that are right.
    func closeDay(_ date: String, faults: UInt64?) async throws {
        let seed = faults.map { JSONValue.integer(Int64(bitPattern: $0)) }
        _ = try await api.post("/v1/files/close_day", .object([("date", .string(date)), ("faults", seed)]))
    }

    func settlementFile(of date: String) async throws -> [UInt8] { try await file("settlement", date) }

    func bankFile(of date: String) async throws -> [UInt8] { try await file("bank", date) }

    /// What was planted into a day's files.
    func planted(on date: String) async throws -> [JSONValue] {
        try await api.get("/v1/files/planted?date=\(date)").array ?? []
    }

    private func file(_ name: String, _ date: String) async throws -> [UInt8] {
        let reply = try await api.exchange(.GET, "/v1/files/\(name)?date=\(date)")
        guard reply.isSuccess else { throw APIRefusal(reply, path: "/v1/files/\(name)") }
        return reply.body
    }

    /// The payer approves or declines an authorization that waits for them. One that waits no more is left alone: the
    /// payer of an interrupted run has acted already.
    func act(_ result: String, onReference reference: String) async throws {
        let found = try await api.get("/v1/authorizations?reference=\(reference)")["data"]?.array ?? []
        guard let id = found.first?["id"]?.string else {
            throw CommandFailure("the sandbox has no authorization of \(reference)")
        }
        let body: JSONValue = ["result": .string(result)]
        let reply = try await api.exchange(.POST, "/v1/authorizations/\(id)/action", body: body.bytes)
        guard reply.isSuccess || reply.status == 409 else { throw APIRefusal(reply, path: "/v1/authorizations") }
    }
}
