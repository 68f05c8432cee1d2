import Storage

/// A load that comes at its own pace, as the world's does: each request has a moment it is meant to be sent at, and its
/// latency counts from there, whether or not somebody was free to send it. A server that stalls is seen to stall by all who
/// would have come meanwhile, which callers that wait for their answers never tell (*coordinated omission*).
struct FixedRate: Sendable {
    let perSecond: Int
    let start: Instant

    /// The moment this request is meant to be sent, counted from zero.
    func moment(of index: Int) -> Instant {
        start.advanced(by: Instant.Span(microseconds: Int64(index) * 1_000_000 / Int64(perSecond)))
    }
}
