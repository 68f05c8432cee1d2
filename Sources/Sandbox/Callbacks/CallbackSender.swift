import AsyncHTTPClient
import Storage

/// One attempt at one callback.
struct CallbackSender {
    let client: HTTPClient
    let timings: SandboxTimings

    static func accepts(_ url: String) -> Bool {
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else { return false }
        return (try? HTTPClient.Request(url: url)) != nil
    }

    /// Sends it and answers how it stands afterwards. Whatever goes wrong on the way is a reason to try again.
    func send(_ callback: Callback, to url: String, signedBy signer: CallbackSigner, at now: Instant) async -> Callback
    {
        let status = try? await post(callback, to: url, signedBy: signer, nowSeconds: now.microseconds / 1_000_000)
        return callback.after(status: status, at: now, timings)
    }

    private func post(
        _ callback: Callback, to url: String, signedBy signer: CallbackSigner, nowSeconds: Int64
    ) async throws -> Int64 {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        for (name, value) in callback.headers(signedBy: signer, nowSeconds: nowSeconds) {
            request.headers.add(name: name, value: value)
        }
        request.body = .bytes(Array(callback.body.utf8))
        let response = try await client.execute(request, timeout: .microseconds(timings.callbackTimeout.microseconds))
        // The connection is given back only when the body has been read; what it says is nobody's concern.
        for try await _ in response.body {}
        return Int64(response.status.code)
    }
}
