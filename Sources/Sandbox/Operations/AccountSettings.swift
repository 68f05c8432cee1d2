/// What a merchant may set, kept over restarts.
struct AccountSettings: Sendable {
    var callbackURL: String?
    var callbackSecret: SandboxSecret?
    var callbacks = Callbacks.all
    var misbehaviour = Misbehaviour()

    enum Callbacks: String, Sendable {
        case all
        /// Only of facts that no answer has told.
        case asynchronous
    }
}

/// Trouble at random, in per cent of requests: the same seed and idempotency key always meet the same fate.
struct Misbehaviour: Hashable, Sendable {
    var refundFailsBeforePercent: Int64 = 0
    var refundFailsAfterPercent: Int64 = 0
    var timeoutSuccessPercent: Int64 = 0
    var timeoutFailurePercent: Int64 = 0

    /// Each is 0–100, and together they leave no request two fates.
    var isSound: Bool {
        let all = [refundFailsBeforePercent, refundFailsAfterPercent, timeoutSuccessPercent, timeoutFailurePercent]
        return all.allSatisfy { (0...100).contains($0) } && all.reduce(0, +) <= 100
    }

    /// Nil where the request is to be treated as its token says.
    func course(of kind: Operation.Kind, key: String, seed: UInt64) -> Course? {
        var draw = Int64(SplitMix.hash("\(kind.rawValue) \(key)", seed: seed) % 100)
        func falls(within percent: Int64) -> Bool {
            draw -= percent
            return draw < 0
        }
        if falls(within: timeoutSuccessPercent) { return .timesOut(.afterSuccess) }
        if falls(within: timeoutFailurePercent) { return .timesOut(.asFailure) }
        guard kind == .refund else { return nil }
        if falls(within: refundFailsBeforePercent) { return .decidedLater(.failed(.accountClosed)) }
        if falls(within: refundFailsAfterPercent) { return .failsAfterwards(.refundReturned) }
        return nil
    }
}
