import EventLog
import HTTPAPI
import Ledger
import Payments
import Storage
import Testing

@Suite("A charge that names nobody")
struct SolePartiesTests {
    private static let charge = #"{"amount":1000,"currency":"EUR","payment_method":"pm_approve"}"#
    private static let second = #"{"code":"second","fee_plan":{"basis_points":0,"rounding":"half_even"}}"#

    @Test("means the book's only merchant, until the API adds another: from then on it is refused at once")
    func addedHere() async throws {
        try await withServer { server in
            try await server.openShop()
            let first = try await server.charge(Self.charge, key: "a")
            #expect(first.status == 202 && first["merchant"]?.string == "acme", "\(first.text)")
            let added = try await server.send(.POST, "/v1/merchants", as: .operator, body: Self.second)
            #expect(added.status == 201, "\(added.text)")
            let refused = try await server.charge(Self.charge, key: "b")
            #expect(refused.status != 202, "\(refused.text)")
            let named = #"{"amount":1000,"currency":"EUR","payment_method":"pm_approve","merchant":"second"}"#
            #expect(try await server.charge(named, key: "c").status == 202)
        }
    }

    @Test("goes to the one there was for less than five seconds after another process has added one")
    func addedElsewhere() async throws {
        try await withServer { server in
            try await server.openShop()
            #expect(try await server.charge(Self.charge, key: "a").status == 202)
            try await server.addMerchantElsewhere("second")
            server.clock.advance(by: Instant.Span(microseconds: SoleParties.freshness.microseconds - 1))
            #expect(try await server.charge(Self.charge, key: "b").status == 202)
            server.clock.advance(by: Instant.Span(microseconds: 1))
            #expect(try await server.charge(Self.charge, key: "c").status != 202)
        }
    }
}

extension RunningServer {
    /// As another process does it: this one is not told.
    fileprivate func addMerchantElsewhere(_ code: String) async throws {
        let terms = MerchantTerms(feePlan: try FeePlan(basisPoints: 0, rounding: .halfEven))
        let create = CreateMerchant(database: services.database, texts: services.texts, random: services.random)
        _ = try await create.run(
            .init(
                book: Self.book, code: try #require(PathSegment(code)), terms: terms,
                context: EventContext(actor: "system:test")))
    }
}
