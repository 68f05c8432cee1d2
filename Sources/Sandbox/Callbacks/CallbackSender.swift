import AsyncHTTPClient
import Storage

/// One attempt at one callback.
struct CallbackSender {
    let client: HTTPClient
    let timings: SandboxTimings

    private static let staleness: Int64 = 360
    private static let attemptsMax: Int64 = 24

    static func accepts(_ url: String) -> Bool {
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else { return false }
        return (try? HTTPClient.Request(url: url)) != nil
    }

    /// Sends it and answers how it stands afterwards. Whatever goes wrong on the way is a reason to try again.
    func send(_ callback: Callback, to url: String, signedBy signer: CallbackSigner, at now: Instant) async -> Callback
    {
        let status = try? await post(callback, to: url, signedBy: signer, nowSeconds: now.microseconds / 1_000_000)
        return after(callback, status: status, at: now)
    }

    private func post(
        _ callback: Callback, to url: String, signedBy signer: CallbackSigner, nowSeconds: Int64
    ) async throws -> Int64 {
        let timestamp = callback.signing == .stale ? nowSeconds - Self.staleness : nowSeconds
        let sign = callback.signing == .forged ? CallbackSigner.forgedSignature : signer.signature
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.headers.add(name: "webhook-id", value: callback.event)
        request.headers.add(name: "webhook-timestamp", value: String(timestamp))
        request.headers.add(name: "webhook-signature", value: sign(callback.event, timestamp, callback.body))
        request.body = .bytes(Array(callback.body.utf8))
        let response = try await client.execute(request, timeout: .microseconds(timings.callbackTimeout.microseconds))
        // The connection is given back only when the body has been read; what it says is nobody's concern.
        for try await _ in response.body {}
        return Int64(response.status.code)
    }

    /// Forged and stale ones are sent once, whatever comes back.
    private func after(_ callback: Callback, status: Int64?, at now: Instant) -> Callback {
        var callback = callback
        callback.attempts += 1
        callback.lastStatus = status
        let isAccepted = status.map { (200..<300).contains($0) } ?? false
        let isGivenUp = status == 410 || callback.signing != .sound || callback.attempts >= Self.attemptsMax
        callback.state = isAccepted ? .accepted : isGivenUp ? .abandoned : .waiting
        callback.dueAt = callback.state == .waiting ? now.advanced(by: wait(after: callback.attempts)) : callback.dueAt
        return callback
    }

    /// Doubled with each attempt, up to the longest.
    private func wait(after attempts: Int64) -> Instant.Span {
        let doubled = timings.retryFirst.microseconds << min(attempts - 1, 20)
        return Instant.Span(microseconds: min(doubled, timings.retryLongest.microseconds))
    }
}
