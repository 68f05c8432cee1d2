import Money
import Payments
import SummaTestKit
import Testing

@Suite("The edge to a provider")
struct ProviderEdgeTests {
    @Test("names a command the same way in every attempt")
    func names() {
        let command = ProviderCommand(
            id: ProviderCommandID(rawValue: 42), book: "main", kind: .void, amount: .eur(1), paymentReference: nil)
        #expect(command.reference == "cmd_000000000001a")
        #expect(command.idempotencyKey == "main:cmd_000000000001a")
    }

    @Test("finds a header whatever its case, and none that was given twice")
    func headers() {
        let headers = NotificationHeaders([("Webhook-Id", "evt_1"), ("x-twice", "a"), ("X-Twice", "b")])
        #expect(headers["webhook-id"] == "evt_1")
        #expect(headers["WEBHOOK-ID"] == "evt_1")
        #expect(headers["x-twice"] == nil)
        #expect(headers["absent"] == nil)
    }

    @Test(
        "takes references of 1 to 128 of the letters events allow",
        arguments: [
            ("a", true), (String(repeating: "a", count: 128), true), ("", false),
            (String(repeating: "a", count: 129), false),
            ("a b", false), ("a\n", false), ("é", false), ("a+b", false), ("pi_3.x/Y:z-1", true),
        ])
    func references(text: String, isTaken: Bool) {
        #expect((ProviderReference(text) != nil) == isTaken)
    }

    @Test(
        "takes payment method tokens of its alphabet only",
        arguments: [
            ("pm_approve", true), ("tok:1.2-3", true), ("", false), ("pm approve", false), ("pm/approve", false),
            (String(repeating: "a", count: 128), true), (String(repeating: "a", count: 129), false),
        ])
    func tokens(text: String, isTaken: Bool) {
        #expect((PaymentMethodToken(text) != nil) == isTaken)
    }

    @Test("keeps a provider's own code, without what could hide in it")
    func rawCode() {
        #expect(ProviderFailure(.other, rawCode: "nsf_51").rawCode == "nsf_51")
        #expect(ProviderFailure(.other, rawCode: "a\nb c\u{7}é").rawCode == "abc")
        #expect(ProviderFailure(.other, rawCode: String(repeating: "x", count: 65)).rawCode.count == 64)
    }

    @Test("never prints a secret")
    func secret() {
        let secret = NotificationSecret(bytes: Array("hunter2".utf8))
        #expect("\(secret) \(String(reflecting: secret))".contains("redacted"))
        #expect(!"\(secret) \(String(reflecting: secret))".contains("hunter2"))
        #expect(!"\(secret)".contains("104"))
    }

    @Test("steps of minor units are one where none is declared")
    func steps() {
        var capabilities = ProviderCapabilities()
        capabilities.minorUnitSteps = [Currency.kwd.code: 10, Currency.eur.code: 0]
        #expect(capabilities.minorUnitStep(of: .kwd) == 10)
        #expect(capabilities.minorUnitStep(of: .eur) == 1)
        #expect(capabilities.minorUnitStep(of: .jpy) == 1)
    }
}
