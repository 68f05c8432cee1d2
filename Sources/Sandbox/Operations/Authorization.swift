import Storage

/// The issuer's promise for one payment and what has become of it.
struct Authorization: Sendable {
    enum CaptureMode: String, Sendable { case manual, automatic }

    /// How the rest of the promise was given up.
    enum Ending: String, Sendable {
        case voided
        /// A final capture left a rest.
        case final
    }

    let id: String
    let reference: String
    let token: PaymentToken
    let amount: Int64
    let currency: SandboxCurrency
    let captureMode: CaptureMode
    let createdAt: Instant
    let expiresAt: Instant
    var ending: Ending?
    /// Of the authorization's own operation.
    var outcome = Operation.Status.pending
    var sums = Sums()

    /// What its captures, refunds and disputes add up to, in minor units.
    struct Sums: Hashable, Sendable {
        var captured: Int64 = 0
        var capturing: Int64 = 0
        var refunded: Int64 = 0
        var refunding: Int64 = 0
        /// Open or lost; a won dispute gives its amount back.
        var disputed: Int64 = 0
    }

    /// What may still be captured; zero once the promise has ended.
    var capturable: Int64 {
        guard outcome == .succeeded, ending == nil else { return 0 }
        return amount - sums.captured - sums.capturing
    }

    var refundable: Int64 { sums.captured - sums.refunded - sums.refunding - sums.disputed }

    /// What callers are shown: a pure function of the rest.
    var status: String {
        switch (outcome, ending, sums.captured) {
        case (.succeeded, .voided, _): "voided"
        case (.succeeded, nil, 0): "authorized"
        case (.succeeded, nil, 1..<amount): "partially_captured"
        case (.succeeded, _, _): "captured"
        case (.expired, _, 1...): "captured"
        case (_, _, _): outcome.rawValue
        }
    }
}
