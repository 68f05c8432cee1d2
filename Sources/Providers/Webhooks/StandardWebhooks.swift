import Crypto
import JSON
import Payments

/// Checks incoming notifications after Standard Webhooks: a signature over `id.timestamp.body`, made with one of the keys in
/// force, not older and not newer than the tolerance. Nothing of the body is read before that.
package struct StandardWebhooks: Sendable {
    package let keys: [WebhookKey]
    /// In both directions: an old message may be a recording, one from the future outlives its tolerance.
    package let toleranceSeconds: Int64

    package init(keys: [WebhookKey], toleranceSeconds: Int64 = 300) {
        precondition(toleranceSeconds >= 0, "a tolerance is a length of time")
        self.keys = keys
        self.toleranceSeconds = toleranceSeconds
    }

    /// - Returns: The message's id: the same each time it is sent, so repeats are known by it.
    package func verify(
        headers: NotificationHeaders, body: [UInt8], nowSeconds: Int64
    ) throws(NotificationRejection) -> ProviderReference {
        let idText = try Self.header("webhook-id", in: headers)
        let timestampText = try Self.header("webhook-timestamp", in: headers)
        let signatures = try Self.header("webhook-signature", in: headers)
        guard let id = ProviderReference(idText) else { throw .headerMalformed(name: "webhook-id") }
        guard let timestamp = Self.seconds(timestampText) else { throw .headerMalformed(name: "webhook-timestamp") }
        let signed = Array("\(idText).\(timestampText).".utf8) + body
        guard isSigned(signed, signatures) else { throw .signatureMismatch }
        try checkAge(of: id, timestamp, nowSeconds: nowSeconds)
        return id
    }

    private static func header(
        _ name: String, in headers: NotificationHeaders
    ) throws(NotificationRejection) -> String {
        guard let value = headers[name] else { throw .headerMissing(name: name) }
        return value
    }

    /// Whole seconds in digits; a sign, a fraction or a space is not what a signer writes.
    private static func seconds(_ text: String) -> Int64? {
        guard text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int64(text)
    }

    private func checkAge(
        of id: ProviderReference, _ timestamp: Int64, nowSeconds: Int64
    ) throws(NotificationRejection) {
        let (age, overflow) = nowSeconds.subtractingReportingOverflow(timestamp)
        guard !overflow else { throw .headerMalformed(name: "webhook-timestamp") }
        guard age <= toleranceSeconds else { throw .tooOld(name: id, ageSeconds: age) }
        guard age >= -toleranceSeconds else { throw .fromTheFuture(name: id, aheadSeconds: -age) }
    }

    // MARK: Signatures

    /// More than a sender with keys to rotate has any use for, and too few to make us work for a stranger.
    private static let itemCountMax = 16

    /// Whether any item of the list fits any key. Items of unknown versions, and malformed ones, are passed over.
    private func isSigned(_ signed: [UInt8], _ list: String) -> Bool {
        let items = list.split(separator: " ").prefix(Self.itemCountMax)
        return items.contains { item in
            let parts = item.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let signature = Base64.standard.decode(String(parts[1])) else { return false }
            return keys.contains { $0.fits(signature, version: parts[0], over: signed) }
        }
    }
}

extension WebhookKey {
    /// Whether the signature is of this key's own version and right. Compared in constant time.
    fileprivate func fits(_ signature: [UInt8], version: Substring, over signed: [UInt8]) -> Bool {
        switch self {
        case .shared(let key):
            version == "v1"
                && HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: signed, using: key)
        case .publicKey(let key):
            version == "v1a" && key.isValidSignature(signature, for: signed)
        }
    }
}
