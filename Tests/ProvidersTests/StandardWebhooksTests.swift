import Crypto
import Foundation
import JSON
import Payments
import Providers
import SummaTestKit
import Testing

@Suite("Checking a Standard Webhooks signature")
struct StandardWebhooksTests {
    private let key = SymmetricKey(data: Array(UInt8(0)...31))
    private let body = Array(#"{"a":1}"#.utf8)
    private let now: Int64 = 1_800_000_000

    private func sign(_ id: String, _ timestamp: Int64, _ body: [UInt8], with key: SymmetricKey? = nil) -> String {
        let content = Data("\(id).\(timestamp).".utf8) + body
        return Data(HMAC<SHA256>.authenticationCode(for: content, using: key ?? self.key)).base64EncodedString()
    }

    private func headers(id: String = "msg_1", _ timestamp: Int64, _ signature: String) -> NotificationHeaders {
        NotificationHeaders([
            ("webhook-id", id), ("webhook-timestamp", String(timestamp)), ("webhook-signature", signature),
        ])
    }

    private func verify(_ headers: NotificationHeaders, keys: [WebhookKey]? = nil) throws(NotificationRejection)
        -> String
    {
        try StandardWebhooks(keys: keys ?? [.shared(key)]).verify(headers: headers, body: body, nowSeconds: now).text
    }

    @Test("answers the message's id")
    func accepts() throws {
        #expect(try verify(headers(now, "v1,\(sign("msg_1", now, body))")) == "msg_1")
    }

    @Test("takes ages to the tolerance in both directions, and not a second more", arguments: [300, 301, -300, -301])
    func age(age: Int64) throws {
        let name = try #require(ProviderReference("msg_1"))
        let signed = headers(now - age, "v1,\(sign("msg_1", now - age, body))")
        switch age {
        case 301: #expect(throws: NotificationRejection.tooOld(name: name, ageSeconds: 301)) { try verify(signed) }
        case -301:
            #expect(throws: NotificationRejection.fromTheFuture(name: name, aheadSeconds: 301)) { try verify(signed) }
        default: #expect(try verify(signed) == "msg_1")
        }
    }

    @Test("a forged message is told from an old one: the signature is looked at first")
    func forgedRecording() {
        #expect(throws: NotificationRejection.signatureMismatch) {
            try verify(headers(now - 1_000, "v1,\(sign("msg_1", now, body))"))
        }
    }

    @Test("fits any of the keys in force, and any item of the list")
    func rotation() throws {
        let other = SymmetricKey(size: .bits256)
        let old = "v1,\(sign("msg_1", now, body, with: other))"
        let new = "v1,\(sign("msg_1", now, body))"
        #expect(try verify(headers(now, old), keys: [.shared(key), .shared(other)]) == "msg_1")
        #expect(try verify(headers(now, "v0,x garbage \(old) \(new)")) == "msg_1")
        #expect(throws: NotificationRejection.signatureMismatch) { try verify(headers(now, old)) }
        #expect(throws: NotificationRejection.signatureMismatch) { try verify(headers(now, new), keys: []) }
    }

    @Test("looks at no more than sixteen items of a list", arguments: [15, 16])
    func boundedList(before: Int) {
        let list = String(repeating: "v1,AAAA ", count: before) + "v1,\(sign("msg_1", now, body))"
        let accepted = try? verify(headers(now, list))
        #expect((accepted != nil) == (before == 15))
    }

    @Test(
        "a header that is missing, doubled or malformed is named",
        arguments: [
            ([], "webhook-id"), ([("webhook-id", "m")], "webhook-timestamp"),
            ([("webhook-id", "m"), ("webhook-timestamp", "1")], "webhook-signature"),
            ([("webhook-id", "m"), ("Webhook-Id", "m"), ("webhook-timestamp", "1")], "webhook-id"),
        ] as [([(String, String)], String)])
    func missing(fields: [(String, String)], name: String) {
        #expect(throws: NotificationRejection.headerMissing(name: name)) {
            try verify(NotificationHeaders(fields.map { (name: $0.0, value: $0.1) }))
        }
    }

    @Test(
        "times are digits and nothing else",
        arguments: ["", "+1", "-1", "1.0", "1e3", " 1", "９", "99999999999999999999"])
    func times(text: String) {
        let fields = [("webhook-id", "m"), ("webhook-timestamp", text), ("webhook-signature", "v1,AAAA")]
        #expect(throws: NotificationRejection.headerMalformed(name: "webhook-timestamp")) {
            try verify(NotificationHeaders(fields.map { (name: $0.0, value: $0.1) }))
        }
    }

    @Test(
        "an id with spaces or controls is malformed", arguments: ["", "a b", "a\n", String(repeating: "a", count: 256)])
    func ids(id: String) {
        #expect(throws: NotificationRejection.headerMalformed(name: "webhook-id")) {
            try verify(headers(id: id, now, "v1,\(sign(id, now, body))"))
        }
    }

    @Test("keys are read strictly", arguments: ["", "whsec_", "whsec_@@", "whpk_AAAA", "whsec_AAA"])
    func malformedKeys(text: String) {
        #expect(WebhookKey(text: text) == nil)
        #expect(NotificationSecret(standardWebhooks: text) == nil)
    }

    @Test("a secret never shows itself")
    func redacted() throws {
        let secret = try #require(NotificationSecret(standardWebhooks: "whsec_c2VjcmV0"))
        #expect(secret.bytes == Array("secret".utf8))
        #expect(!"\(secret)".contains("c2VjcmV0") && !"\(secret)".contains("secret:"))
        #expect(!"\(ProviderCredential("sk_live"))".contains("sk_live"))
    }
}

@Suite(
    "The published Standard Webhooks vectors",
    .enabled(if: SharedVectors.present, "the shared test vectors are not here"))
struct StandardWebhooksVectorTests {
    @Test("are accepted and refused as they say")
    func vectors() throws {
        let vectors = try JSONValue(parsing: SharedVectors.bytes("webhooks/standard_webhooks.json")).array ?? []
        #expect(vectors.count >= 30)
        for vector in vectors {
            let name = vector["name"]?.string ?? "?"
            let expected = try #require(vector["expect"]?.string)
            let verdict = try isAccepted(vector)
            if expected != "either" { #expect(verdict == (expected == "accept"), "\(name)") }
        }
    }

    private func isAccepted(_ vector: JSONValue) throws -> Bool {
        let keys = vector["keys"]?.array?.compactMap(\.string).compactMap(WebhookKey.init(text:)) ?? []
        let scheme = StandardWebhooks(keys: keys, toleranceSeconds: try #require(vector["tolerance_s"]?.integer))
        let headers = NotificationHeaders(
            vector["headers"]?.object?.members.map { (name: $0.name, value: $0.value.string ?? "") } ?? [])
        let body = try #require(Base64.standard.decode(vector["body_base64"]?.string ?? ""))
        let now = try #require(vector["now"]?.integer)
        return (try? scheme.verify(headers: headers, body: body, nowSeconds: now)) != nil
    }
}
