import Storage

/// How one sandbox runs.
package struct SandboxConfiguration: Sendable {
    package var host = "127.0.0.1"
    /// 0 takes a free port, told by `run(onListening:)`.
    package var port = 0
    /// The SQLite file, made when absent.
    package var databasePath: String
    /// What callers show as bearer key.
    package var apiKey: SandboxSecret
    /// Where callbacks go. Nil leaves the account as it is; so does a nil secret.
    package var callbackURL: String?
    /// `whsec_` and the base64 of at least 24 bytes.
    package var callbackSecret: SandboxSecret?
    /// Decides what an account that misbehaves at random does to which request.
    package var seed: UInt64 = 0
    /// Plants differences in the files of every day that is closed; nil keeps them faithful.
    package var faultsSeed: UInt64?
    /// Where closed days are written; nil serves them over HTTP only.
    package var filesDirectory: String?
    /// Whole days from a remittance to its line in the bank file.
    package var bankDelayDays: Int64 = 0
    package var timings = SandboxTimings()

    package init(databasePath: String, apiKey: SandboxSecret) {
        self.databasePath = databasePath
        self.apiKey = apiKey
    }
}

/// How long things take. The defaults let a demonstration of every behaviour end within a minute.
package struct SandboxTimings: Sendable {
    /// From a fact to its callback.
    package var callback = Instant.Span.milliseconds(20)
    /// More than that, for callbacks that are to come after others.
    package var reorder = Instant.Span.milliseconds(800)
    /// More than that, for late ones.
    package var late = Instant.Span.seconds(8)
    /// How long an answer is held back behind its callback.
    package var heldAnswer = Instant.Span.milliseconds(500)
    /// How long a request hangs before it gets 504: longer than any caller should wait.
    package var hang = Instant.Span.seconds(15)
    /// From `pending` to the outcome.
    package var decision = Instant.Span.milliseconds(500)
    /// How long a payer takes who acts by themselves.
    package var payer = Instant.Span.seconds(1)
    /// From a refund's success to its failure.
    package var refundReturn = Instant.Span.seconds(2)
    /// From a capture to the dispute, and from there to its end.
    package var dispute = Instant.Span.seconds(2)
    package var disputeEnd = Instant.Span.seconds(3)
    package var authorizationLife = Instant.Span.days(7)
    package var shortAuthorizationLife = Instant.Span.seconds(3)
    /// The first wait before a callback is sent again; doubled each time, up to the longest.
    package var retryFirst = Instant.Span.milliseconds(500)
    package var retryLongest = Instant.Span.hours(1)
    package var callbackTimeout = Instant.Span.seconds(10)

    package init() {}
}
