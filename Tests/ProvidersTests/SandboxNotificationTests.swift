import Crypto
import Foundation
import Money
import Payments
import SummaTestKit
import Testing

@testable import Providers

@Suite("Notifications of the sandbox")
struct SandboxNotificationTests {
    private let secret = NotificationSecret(bytes: Array(0...31))
    private let now = Instant(microseconds: 1_800_000_000_000_000)

    private func operation(_ object: String, _ status: String, amount: Int64 = 1_000, more: String = "") -> String {
        """
        {"id":"\(object)_1","object":"\(object)","authorization":"auth_1","authorization_reference":"a",
        "reference":"cmd_1","status":"\(status)","amount":\(amount),"currency":"EUR",\(more)
        "created":"2026-01-02T03:04:05Z","finished":"2026-01-02T03:04:06Z"}
        """
    }

    private func dispute(_ status: String) -> String {
        """
        {"id":"dsp_1","object":"dispute","authorization":"auth_1","authorization_reference":"a","status":"\(status)",
        "amount":700,"currency":"EUR","fee":1500,"created":"2026-01-02T03:04:05Z"}
        """
    }

    /// Verifies an event as the sandbox would send it.
    private func verified(_ type: String, _ data: String) throws -> ProviderNotification {
        try verified(#"{"id":"evt_1","type":"\#(type)","created":"2026-01-02T03:04:06Z","data":\#(data)}"#)
    }

    private func verified(_ body: String) throws -> ProviderNotification {
        let content = Data("evt_1.1800000000.\(body)".utf8)
        let code = HMAC<SHA256>.authenticationCode(for: content, using: SymmetricKey(data: secret.bytes))
        let headers = NotificationHeaders([
            ("webhook-id", "evt_1"), ("webhook-timestamp", "1800000000"),
            ("webhook-signature", "v1,\(Data(code).base64EncodedString())"),
        ])
        return try provider.verifyNotification(headers: headers, body: Array(body.utf8), secrets: [secret], now: now)
    }

    private var provider: SandboxProvider {
        SandboxProvider(
            baseURL: "http://127.0.0.1:9", key: ProviderCredential("k"), client: .shared,
            now: { Instant(microseconds: 0) })
    }

    private static let failure = ProviderFailure(.other, rawCode: "x_1")
    private static let declined = #""decline":{"code":"x_1","message":"m"},"#

    @Test(
        "each event of an operation is its fact",
        arguments: [
            ("authorization", "succeeded", "", ProviderFact.Statement.authorized(.eur(1_000))),
            ("authorization", "declined", declined, .declined(failure)),
            ("authorization", "failed", declined, .failed(failure)), ("authorization", "expired", "", .expired),
            (
                "authorization", "action_required", #""next_action":{"type":"redirect","url":"https://a"},"#,
                .actionRequired(.redirect(url: "https://a"))
            ),
            (
                "authorization", "action_required", #""next_action":{"type":"show_code"},"#,
                .actionRequired(.other(type: "show_code"))
            ),
            ("capture", "succeeded", "", .captured(.eur(1_000), fee: nil)),
            ("capture", "failed", declined, .captureFailed(failure)),
            ("void", "succeeded", "", .voided), ("void", "failed", declined, .voidFailed(failure)),
            ("refund", "succeeded", "", .refunded(.eur(1_000), fee: nil)),
            ("refund", "failed", declined, .refundFailed(failure)),
        ])
    func operations(object: String, status: String, more: String, statement: ProviderFact.Statement) throws {
        let notification = try verified("\(object).\(status)", operation(object, status, more: more))
        #expect(notification.id.text == "evt_1")
        let moves = object == "capture" || object == "refund"
        let fact = ProviderFact(
            statement, paymentReference: ProviderReference("auth_1"),
            movementReference: moves ? ProviderReference("\(object)_1") : nil, operationReference: "cmd_1",
            occurredAt: try #require(Instant(text: "2026-01-02T03:04:06Z")), origin: .notification)
        #expect(notification.facts == [fact])
    }

    @Test(
        "a dispute's events are its facts, begun by the provider; a closing tells of the opening and its fee, too",
        arguments: [
            ("opened", []), ("won", [ProviderFact.Statement.chargebackWon(.eur(700), feeReturned: nil)]),
            ("lost", [.chargebackLost(.eur(700))]),
        ])
    func disputes(status: String, closing: [ProviderFact.Statement]) throws {
        let facts = try verified("dispute.\(status)", dispute(status)).facts
        #expect(facts.map(\.statement) == [.chargebackOpened(.eur(700), fee: .eur(1_500))] + closing)
        #expect(facts.allSatisfy { $0.operationReference == nil })
        #expect(facts.allSatisfy { $0.movementReference == ProviderReference("dsp_1") })
    }

    @Test("a refund that was returned tells of its success, too")
    func returned() throws {
        let code = #""decline":{"code":"ref_returned","message":"m"},"#
        let facts = try verified("refund.failed", operation("refund", "failed", more: code)).facts
        let failure = ProviderFailure(.other, rawCode: "ref_returned")
        #expect(facts.map(\.statement) == [.refunded(.eur(1_000), fee: nil), .refundFailed(failure)])
    }

    @Test("a movement of the provider's own dashboard has no reference of ours")
    func dashboard() throws {
        let data = operation("refund", "succeeded").replacing(#""reference":"cmd_1","#, with: "")
        #expect(try verified("refund.succeeded", data).facts.map(\.operationReference) == [nil])
    }

    @Test(
        "what is signed and cannot be understood is said to be so",
        arguments: ["not json", "[]", "{}", #"{"type":"capture.succeeded"}"#, #"{"type":"dispute.opened","data":{}}"#])
    func unreadable(body: String) {
        #expect {
            try verified(body)
        } throws: { error in
            if case NotificationRejection.unreadable = error { true } else { false }
        }
    }

    @Test("a type that disagrees with its data is not believed")
    func contradiction() {
        #expect(throws: NotificationRejection.self) {
            try verified("capture.succeeded", operation("refund", "succeeded"))
        }
    }

    @Test("nothing of an unsigned body is read")
    func unsigned() {
        let headers = NotificationHeaders([
            ("webhook-id", "evt_1"), ("webhook-timestamp", "1800000000"), ("webhook-signature", "v1,AAAA"),
        ])
        #expect(throws: NotificationRejection.signatureMismatch) {
            try provider.verifyNotification(headers: headers, body: Array("not json".utf8), secrets: [secret], now: now)
        }
    }
}
