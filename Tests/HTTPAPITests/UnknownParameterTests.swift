import HTTPAPI
import Testing

@Suite("A parameter of the query that a route does not know")
struct UnknownParameterTests {
    @Test(
        "is refused by reads of one thing too",
        arguments: [
            "/v1/payments/pay_0000000000000", "/v1/payments/pay_0000000000000/timeline", "/v1/merchants/acme",
            "/v1/accounts/merchant:acme:payable:EUR", "/v1/accounts/merchant:acme:payable:EUR/balance",
            "/v1/events/1", "/v1/events/1/proof", "/v1/log/checkpoint", "/v1/trial_balance",
        ])
    func reads(path: String) async throws {
        try await withServer { server in
            try await server.openShop()
            let refused = try await server.send(.GET, "\(path)?expand=all", as: .auditor)
            #expect(refused.isProblem(.parameterUnknown), "\(refused.text)")
            #expect(refused.param == "expand")
            let taken = try await server.send(.GET, "\(path)?", as: .auditor)
            #expect(taken.code != ProblemCode.parameterUnknown.rawValue)
        }
    }

    @Test("is refused by requests, and nothing is done")
    func requests() async throws {
        try await withServer { server in
            try await server.openShop()
            let before = try server.eventCount()
            let refused = try await server.ask("/v1/charges?capture=manual", RunningServer.charge)
            #expect(refused.isProblem(.parameterUnknown), "\(refused.text)")
            #expect(try server.eventCount() == before)
        }
    }
}
