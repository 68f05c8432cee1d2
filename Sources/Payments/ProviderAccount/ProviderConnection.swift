import JSON
import Storage

/// How the provider of an account is reached, and how it is believed. All of it is secret, and kept sealed.
package struct ProviderConnection: Hashable, Sendable {
    package let endpoint: NotificationEndpoint
    /// Scheme, host and port, without a slash at the end.
    package var baseURL: String
    package var credential: ProviderCredential
    /// The newest first.
    private(set) var secrets: [KeptSecret]

    struct KeptSecret: Hashable, Sendable {
        let secret: NotificationSecret
        /// From then on it is not believed any more; nil for the newest.
        var retiresAt: Instant?
    }

    init(
        endpoint: NotificationEndpoint, baseURL: String, credential: ProviderCredential, secret: NotificationSecret
    ) {
        self.endpoint = endpoint
        self.baseURL = baseURL
        self.credential = credential
        secrets = [KeptSecret(secret: secret)]
    }

    package var newestSecret: NotificationSecret? { secrets.first?.secret }

    /// What a notification that comes at this moment may be signed with, the newest first.
    package func secretsInForce(at now: Instant) -> [NotificationSecret] {
        secrets.filter { secret in secret.retiresAt.map { now < $0 } ?? true }.map(\.secret)
    }

    /// Takes a new secret. The one before it is believed for a while longer, for what the provider has signed already; older
    /// ones are forgotten.
    mutating func rotate(to secret: NotificationSecret, overlapEnd: Instant) {
        let last = secrets.first.map { KeptSecret(secret: $0.secret, retiresAt: overlapEnd) }
        secrets = [KeptSecret(secret: secret)] + [last].compactMap(\.self)
    }
}

extension ProviderConnection: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "ProviderConnection(redacted)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

// MARK: As it is sealed

extension ProviderConnection {
    var bytes: [UInt8] {
        var json = JSONWriter(capacity: 512)
        json.beginObject()
        json.field("endpoint", endpoint.text)
        json.field("base_url", baseURL)
        json.field("credential", credential.text)
        json.beginArray("secrets")
        for kept in secrets {
            json.beginObject()
            json.field("secret", .standard, kept.secret.bytes)
            json.field("retires_at", ifPresent: kept.retiresAt?.microseconds)
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return json.takeBytes()
    }

    init(bytes: [UInt8]) throws {
        var fields = try JSONFields(JSONValue(parsing: bytes))
        guard let endpoint = NotificationEndpoint(text: try fields.string("endpoint", maxLength: 128)) else {
            throw Malformed()
        }
        self.endpoint = endpoint
        baseURL = try fields.string("base_url", maxLength: .max)
        credential = ProviderCredential(try fields.string("credential", maxLength: .max))
        secrets = try fields.objects("secrets", maxCount: .max).map { object in
            var fields = object
            guard let bytes = Base64.standard.decode(try fields.string("secret", maxLength: .max)) else {
                throw Malformed()
            }
            return KeptSecret(
                secret: NotificationSecret(bytes: bytes),
                retiresAt: try fields.optionalInteger("retires_at").map(Instant.init(microseconds:)))
        }
    }

    /// What was sealed by us is not what we seal.
    struct Malformed: Error {}
}
