import AsyncHTTPClient
import JSON
import Payments

/// The adapter for the sandbox: our commands on its wire, what it says as facts. Its API is described in `docs/sandbox.md`.
package struct SandboxProvider: PaymentProvider {
    private let baseURL: String
    private let key: ProviderCredential
    private let http: ProviderHTTP
    private let now: @Sendable () -> Instant

    /// - Parameters:
    ///   - baseURL: Scheme, host and port, without a slash at the end.
    ///   - client: Configured as `ProviderHTTP.clientConfiguration`; its owner shuts it down.
    ///   - timeoutSeconds: For each exchange. Past it the outcome is in doubt.
    ///   - now: The time of refusals, which the sandbox does not date.
    package init(
        baseURL: String, key: ProviderCredential, client: HTTPClient, timeoutSeconds: Int64 = 5,
        now: @escaping @Sendable () -> Instant
    ) {
        self.init(
            baseURL: baseURL, key: key, http: ProviderHTTP(client: client, timeoutSeconds: timeoutSeconds), now: now)
    }

    /// Over a way to the provider that somebody else has made.
    package init(
        baseURL: String, key: ProviderCredential, http: ProviderHTTP, now: @escaping @Sendable () -> Instant
    ) {
        self.baseURL = baseURL
        self.key = key
        self.http = http
        self.now = now
    }

    package var capabilities: ProviderCapabilities { Self.capabilities }

    // MARK: Requests

    package func submit(_ command: ProviderCommand) async -> ProviderReply {
        guard let wire = SandboxRequest(command) else {
            // The provider has no name for what is to be changed, so there is nothing to ask it.
            return .facts([SandboxFacts.refusal(of: command, code: "no_payment_reference", at: now())])
        }
        var request = authorized(wire.path)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.headers.add(name: "idempotency-key", value: command.idempotencyKey)
        request.body = .bytes(wire.body)
        return await SandboxReply(http.exchange(request)).reply(to: command, at: now())
    }

    package func lookUp(_ command: ProviderCommand) async -> LookUpReply {
        let request = authorized("/v1/operations?reference=\(command.reference)")
        return await SandboxReply(http.exchange(request)).lookUpReply
    }

    package func recall(_ payment: ProviderReference) async -> RecallReply {
        // A name from a file: with other letters it could lead elsewhere, and the sandbox has no such names.
        guard payment.text.utf8.allSatisfy(SandboxRecall.allowsInNames) else { return .notFound }
        let authorization = await http.exchange(authorized("/v1/authorizations/\(payment)"))
        let disputes = await http.exchange(authorized("/v1/disputes?authorization=\(payment)"))
        return SandboxRecall(authorization: authorization, disputes: disputes).reply
    }

    private func authorized(_ path: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: baseURL + path)
        request.headers.add(name: "authorization", value: "Bearer \(key.text)")
        request.headers.add(name: "accept", value: "application/json")
        return request
    }

    // MARK: Notifications

    package func verifyNotification(
        headers: NotificationHeaders, body: [UInt8], secrets: [NotificationSecret], now: Instant
    ) throws(NotificationRejection) -> ProviderNotification {
        let scheme = StandardWebhooks(keys: secrets.map(WebhookKey.init))
        let id = try scheme.verify(headers: headers, body: body, nowSeconds: now.microseconds / 1_000_000)
        guard let event = try? JSONValue(parsing: body) else { throw .unreadable(name: id, why: "not JSON") }
        guard let facts = SandboxFacts.ofEvent(event) else {
            throw .unreadable(name: id, why: "not an event of the sandbox")
        }
        return ProviderNotification(id: id, facts: facts)
    }
}
