import Crypto
import JSON

/// Signs callbacks after Standard Webhooks: HMAC-SHA-256 over `id.timestamp.body`.
struct CallbackSigner {
    private let key: SymmetricKey

    static let keyBytesMin = 24

    /// Nil unless the secret is `whsec_` and the base64 of at least 24 bytes, the least the standard allows.
    init?(secret: SandboxSecret) {
        let prefix = "whsec_"
        guard secret.text.hasPrefix(prefix),
            let bytes = Base64.standard.decode(String(secret.text.dropFirst(prefix.count))),
            bytes.count >= Self.keyBytesMin
        else { return nil }
        key = SymmetricKey(data: bytes)
    }

    /// The value of `webhook-signature`.
    func signature(id: String, timestampSeconds: Int64, body: String) -> String {
        let content = Array("\(id).\(timestampSeconds).\(body)".utf8)
        return "v1," + Base64.standard.encode(Array(HMAC<SHA256>.authenticationCode(for: content, using: key)))
    }

    /// What somebody without the secret would send: the right shape, another key.
    static func forgedSignature(id: String, timestampSeconds: Int64, body: String) -> String {
        let content = Array("\(id).\(timestampSeconds).\(body)".utf8)
        let key = SymmetricKey(data: Array(repeating: UInt8(0x5A), count: 32))
        return "v1," + Base64.standard.encode(Array(HMAC<SHA256>.authenticationCode(for: content, using: key)))
    }
}
