import Storage

/// What one attempt at a callback carries, and how the callback stands after it.
extension Callback {
    private static let staleness: Int64 = 360
    private static let attemptsMax: Int64 = 24

    /// The headers of one attempt.
    func headers(signedBy signer: CallbackSigner, nowSeconds: Int64) -> [(name: String, value: String)] {
        let timestamp = signing == .stale ? nowSeconds - Self.staleness : nowSeconds
        let sign = signing == .forged ? CallbackSigner.forgedSignature : signer.signature
        return [
            ("content-type", "application/json"), ("webhook-id", event), ("webhook-timestamp", String(timestamp)),
            ("webhook-signature", sign(event, timestamp, body)),
        ]
    }

    /// Forged and stale ones are sent once, whatever comes back.
    func after(status: Int64?, at now: Instant, _ timings: SandboxTimings) -> Callback {
        var callback = self
        callback.attempts += 1
        callback.lastStatus = status
        let isAccepted = status.map { (200..<300).contains($0) } ?? false
        let isGivenUp = status == 410 || callback.signing != .sound || callback.attempts >= Self.attemptsMax
        callback.state = isAccepted ? .accepted : isGivenUp ? .abandoned : .waiting
        if callback.state == .waiting { callback.dueAt = now.advanced(by: timings.wait(after: callback.attempts)) }
        return callback
    }
}

extension SandboxTimings {
    /// Doubled with each attempt, up to the longest.
    fileprivate func wait(after attempts: Int64) -> Instant.Span {
        let doubled = retryFirst.microseconds << min(attempts - 1, 20)
        return Instant.Span(microseconds: min(doubled, retryLongest.microseconds))
    }
}
