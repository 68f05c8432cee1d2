import Money
import Payments
import Providers
import SummaTestKit
import Testing

@Suite("An outcome the sandbox's adapter cannot know")
struct DoubtTests {
    @Test(
        "is unknown after a time-out, and found by asking",
        arguments: [
            ("pm_timeout_success", LookUp.found([.authorized(.eur(1_000))])),
            (
                "pm_timeout_failure",
                .found([.failed(ProviderFailure(.providerUnavailable, rawCode: "gateway_timeout"))])
            ),
            ("pm_timeout_lost", .notFound),
        ])
    func timesOut(token: String, expected: LookUp) async throws {
        try await withProvider(timeoutSeconds: 3) { test in
            let command = try test.authorize(with: token, id: 1)
            #expect(await test.provider.submit(command) == .unknown(why: "timed_out"))
            #expect(LookUp(await test.provider.lookUp(command)) == expected)
        }
    }

    enum LookUp: Hashable, Sendable {
        case found([ProviderFact.Statement])
        case notFound
        case unknown

        init(_ reply: LookUpReply) {
            switch reply {
            case .found(let facts): self = .found(facts.map(\.statement))
            case .notFound: self = .notFound
            case .unknown: self = .unknown
            }
        }
    }

    @Test("a refused connection carried nothing: it is unavailable, not in doubt")
    func refusedConnection() async throws {
        // A port that was free a moment ago.
        let server = try RudeServer()
        server.stop()
        try await withAdapter(of: "http://127.0.0.1:\(server.port)", timeoutSeconds: 5) { test in
            let reply = await test.provider.submit(try test.authorize(with: "pm_approve", id: 1))
            #expect(reply == .unavailable(ProviderFailure(.providerUnavailable, rawCode: "not_connected")))
            let asked = await test.provider.lookUp(try test.authorize(with: "pm_approve", id: 1))
            #expect(asked == .unknown(why: "not_connected"))
        }
    }

    @Test("a connection that ends without an answer leaves doubt")
    func rudeServer() async throws {
        let server = try RudeServer()
        defer { server.stop() }
        try await withAdapter(of: "http://127.0.0.1:\(server.port)", timeoutSeconds: 5) { test in
            let reply = await test.provider.submit(try test.authorize(with: "pm_approve", id: 1))
            guard case .unknown = reply else {
                Issue.record("\(reply)")
                return
            }
        }
    }

    @Test("a key the provider does not know is our trouble: nothing was done")
    func wrongKey() async throws {
        try await withProvider { test in
            try await withStranger(to: test.address) { provider in
                let reply = await provider.submit(try test.authorize(with: "pm_approve", id: 1))
                #expect(reply == .unavailable(ProviderFailure(.providerUnavailable, rawCode: "unauthorized")))
                #expect(
                    await provider.lookUp(try test.authorize(with: "pm_approve", id: 1)) == .unknown(why: "status_401"))
            }
        }
    }

    @Test("a payment that has no name yet at the provider cannot be changed there")
    func noPaymentReference() async throws {
        try await withAdapter(of: "http://127.0.0.1:9", timeoutSeconds: 1) { test in
            let reply = await test.provider.submit(test.command(.void, id: 1))
            guard case .facts(let facts) = reply else {
                Issue.record("\(reply)")
                return
            }
            #expect(facts.map(\.statement) == [.voidFailed(ProviderFailure(.other, rawCode: "no_payment_reference"))])
        }
    }
}
