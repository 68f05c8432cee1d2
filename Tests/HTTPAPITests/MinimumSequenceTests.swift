import HTTPAPI
import NIOHTTP1
import Storage
import SummaTestKit
import Testing

@Suite("A read that waits for its own write")
struct MinimumSequenceTests {
    @Test("answers at once when the log is there, and as soon as it gets there")
    func waits() async throws {
        try await withServer { server in
            try await server.openWallets()
            let there = try await server.send(.GET, "/v1/accounts", headers: [("summa-min-sequence", "3")])
            #expect(there["as_of"]?.integer == 3)
            async let waiting = server.send(.GET, "/v1/accounts", headers: [("summa-min-sequence", "4")])
            try await server.post(1, from: "cash:EUR", to: "wallet:EUR")
            #expect(try await waiting["as_of"]?.integer == 4)
        }
    }

    @Test("gives up after two seconds, and answers nothing older")
    func lag() async throws {
        try await withServer { server in
            let began = Uptime().now
            let reply = try await server.send(.GET, "/v1/accounts", headers: [("summa-min-sequence", "9")])
            #expect(reply.isProblem(.projectionLag))
            #expect(reply.headers["retry-after"] == ["1"])
            #expect(Uptime().now.since(began) >= .seconds(2))
            // The caller asked for what is not there; nothing failed.
            #expect(!server.log.lines.contains { $0.contains("a request failed") })
        }
    }

    @Test("is asked for by one whole number", arguments: ["", "x", "-1", "1.0", "1, 2", "9223372036854775808"])
    func malformed(value: String) async throws {
        try await withServer { server in
            let reply = try await server.send(.GET, "/v1/accounts", headers: [("summa-min-sequence", value)])
            #expect(reply.isProblem(.headerInvalid))
            #expect(reply.param == "Summa-Min-Sequence")
        }
    }
}
