import JSON

/// New settings for an account; what is nil stays as it is.
struct AccountChange: Sendable {
    let callbackURL: String?
    let callbackSecret: SandboxSecret?
    let callbacks: AccountSettings.Callbacks?
    let refundFailsBeforePercent: Int64?
    let refundFailsAfterPercent: Int64?
    let timeoutSuccessPercent: Int64?
    let timeoutFailurePercent: Int64?

    init(_ body: RequestBody) throws(SandboxProblem) {
        var body = body
        callbackURL = try body.optionalText("callback_url")
        callbackSecret = try body.optionalText("callback_secret").map(SandboxSecret.init)
        callbacks = try body.optionalWord("callbacks")
        refundFailsBeforePercent = try body.optionalInteger("refund_fails_before_percent")
        refundFailsAfterPercent = try body.optionalInteger("refund_fails_after_percent")
        timeoutSuccessPercent = try body.optionalInteger("timeout_success_percent")
        timeoutFailurePercent = try body.optionalInteger("timeout_failure_percent")
        try body.finish()
        if let callbackURL, !CallbackSender.accepts(callbackURL) {
            throw .invalidField("callback_url", "callback_url must be an http or https URL")
        }
        if let callbackSecret, CallbackSigner(secret: callbackSecret) == nil {
            throw .invalidField(
                "callback_secret", "callback_secret must be whsec_ and the base64 of at least 24 bytes")
        }
    }

    func applied(to settings: AccountSettings) throws(SandboxProblem) -> AccountSettings {
        var changed = settings
        changed.callbackURL = callbackURL ?? settings.callbackURL
        changed.callbackSecret = callbackSecret ?? settings.callbackSecret
        changed.callbacks = callbacks ?? settings.callbacks
        let known = settings.misbehaviour
        changed.misbehaviour = Misbehaviour(
            refundFailsBeforePercent: refundFailsBeforePercent ?? known.refundFailsBeforePercent,
            refundFailsAfterPercent: refundFailsAfterPercent ?? known.refundFailsAfterPercent,
            timeoutSuccessPercent: timeoutSuccessPercent ?? known.timeoutSuccessPercent,
            timeoutFailurePercent: timeoutFailurePercent ?? known.timeoutFailurePercent)
        guard changed.misbehaviour.isSound else {
            throw .invalidField("percent", "each percentage is 0 to 100, and all together at most 100")
        }
        return changed
    }
}

extension AccountSettings {
    /// The secret is not told back, only whether there is one.
    var json: String {
        var json = JSONWriter()
        json.beginObject()
        json.field("callback_url", ifPresent: callbackURL)
        json.field("has_callback_secret", callbackSecret != nil)
        json.field("callbacks", callbacks.rawValue)
        json.field("refund_fails_before_percent", misbehaviour.refundFailsBeforePercent)
        json.field("refund_fails_after_percent", misbehaviour.refundFailsAfterPercent)
        json.field("timeout_success_percent", misbehaviour.timeoutSuccessPercent)
        json.field("timeout_failure_percent", misbehaviour.timeoutFailurePercent)
        json.endObject()
        return json.takeText()
    }
}
