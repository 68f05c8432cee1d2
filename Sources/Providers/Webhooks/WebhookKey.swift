import Crypto
import JSON
import Payments

/// What a Standard Webhooks signature is checked with. The kind is fixed when the key is read: a public key can never be used
/// as a shared secret, whatever a message says of itself.
package enum WebhookKey: Sendable {
    /// For `v1`: HMAC-SHA-256 with a secret both sides know.
    case shared(SymmetricKey)
    /// For `v1a`: Ed25519.
    case publicKey(Curve25519.Signing.PublicKey)

    /// Reads `whsec_` or `whpk_` and base64. Without a prefix it is a shared secret. Nil for anything else.
    package init?(text: String) {
        if let base64 = text.dropping(prefix: "whpk_") {
            guard let bytes = Base64.standard.decode(base64),
                let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
            else { return nil }
            self = .publicKey(key)
        } else {
            guard let bytes = Base64.standard.decode(text.dropping(prefix: "whsec_") ?? text), !bytes.isEmpty else {
                return nil
            }
            self = .shared(SymmetricKey(data: bytes))
        }
    }

    package init(_ secret: NotificationSecret) {
        self = .shared(SymmetricKey(data: secret.bytes))
    }
}

extension NotificationSecret {
    /// Reads a shared secret as Standard Webhooks writes it, `whsec_` and base64. Nil for anything else.
    package init?(standardWebhooks text: String) {
        guard let base64 = text.dropping(prefix: "whsec_"), let bytes = Base64.standard.decode(base64), !bytes.isEmpty
        else { return nil }
        self.init(bytes: bytes)
    }

    /// The secret itself in that form, for whoever is to sign with it.
    package var standardWebhooks: String { "whsec_" + Base64.standard.encode(bytes) }
}

extension String {
    fileprivate func dropping(prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
