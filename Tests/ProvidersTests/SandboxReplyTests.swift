import JSON
import Money
import Payments
import SummaTestKit
import Testing

@testable import Providers

@Suite("Reading what the sandbox answers")
struct SandboxReplyTests {
    private let command = ProviderCommand(
        id: ProviderCommandID(rawValue: 1), book: "main", kind: .capture(isFinal: false), amount: .eur(1_000),
        paymentReference: ProviderReference("auth_1"))

    private func reply(_ status: UInt, _ body: String) -> ProviderReply {
        SandboxReply(.answered(status: status, body: Array(body.utf8))).reply(to: command, at: Instant(microseconds: 5))
    }

    private func lookUp(_ status: UInt, _ body: String) -> LookUpReply {
        SandboxReply(.answered(status: status, body: Array(body.utf8))).lookUpReply
    }

    static let capture = """
        {"id":"cap_1","object":"capture","authorization":"auth_1","authorization_reference":"a","reference":"cmd_1",
        "status":"succeeded","amount":1000,"currency":"EUR","created":"2026-01-02T03:04:05.000006Z"}
        """

    @Test("a refusal is certain: it failed, at the time it was told")
    func refusal() {
        let failure = ProviderFailure(.other, rawCode: "not_capturable")
        let expected = ProviderFact(
            .captureFailed(failure), paymentReference: command.paymentReference, operationReference: command.reference,
            occurredAt: Instant(microseconds: 5), origin: .reply)
        #expect(reply(409, #"{"error":{"code":"not_capturable"}}"#) == .facts([expected]))
    }

    @Test(
        "a key that stands for another request, and a gateway's page, leave doubt",
        arguments: [
            (422, #"{"error":{"code":"idempotency_key_reused"}}"#), (404, "<html>"), (409, "{}"), (500, "{}"),
            (503, #"{"error":{"code":"storage_unavailable"}}"#), (504, ""), (302, ""),
        ] as [(UInt, String)])
    func doubt(status: UInt, body: String) {
        guard case .unknown = reply(status, body) else {
            Issue.record("\(reply(status, body))")
            return
        }
    }

    @Test("too many requests are none: they may be asked again")
    func tooMany() {
        #expect(reply(429, "") == .unavailable(ProviderFailure(.providerUnavailable, rawCode: "status_429")))
    }

    @Test(
        "an answer that is not what the sandbox documents is not believed",
        arguments: [
            "", "[]", "{}", capture.replacing("succeeded", with: "settled"),
            capture.replacing("capture\"", with: "loan\""),
            capture.replacing("1000", with: "0"), capture.replacing("1000", with: "-5"),
            capture.replacing("1000", with: "10.5"),
            capture.replacing("EUR", with: "QQQ"), capture.replacing("2026-01-02T", with: "yesterday"),
            capture.replacing("\"authorization\"", with: "\"payment\""), capture.replacing("cap_1", with: ""),
        ])
    func unreadable(body: String) {
        #expect(reply(201, body) == .unknown(why: "unreadable"))
        #expect(lookUp(200, #"{"data":[\#(body)]}"#) != .notFound || body.isEmpty)
    }

    @Test("one of several operations that cannot be read spoils the look-up")
    func spoiledLookUp() {
        #expect(lookUp(200, #"{"data":[]}"#) == .notFound)
        guard case .found(let facts) = lookUp(200, #"{"data":[\#(Self.capture)]}"#) else {
            Issue.record("not found")
            return
        }
        #expect(facts.map(\.statement) == [.captured(.eur(1_000), fee: nil)])
        #expect(facts.map(\.origin) == [.lookUp])
        #expect(facts[0].occurredAt.description == "2026-01-02T03:04:05.000006Z")
        #expect(lookUp(200, #"{"data":[\#(Self.capture),{}]}"#) == .unknown(why: "unreadable"))
        #expect(lookUp(200, "{}") == .unknown(why: "unreadable"))
        #expect(lookUp(500, #"{"data":[]}"#) == .unknown(why: "status_500"))
    }
}
