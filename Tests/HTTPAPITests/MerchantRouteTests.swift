import EventLog
import HTTPAPI
import JSON
import NIOHTTP1
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("Merchants over HTTP")
struct MerchantRouteTests {
    private static let body = """
        {"code":"ada","display_name":"Ada's Bücher","fee_plan":{"basis_points":250,"fixed":[{"amount":"30","currency":\
        "EUR"}],"rounding":"half_up"},"fee_on_refund":"proportional","chargeback_liability":"platform",\
        "passes_dispute_fee":false,"late_success":"return"}
        """

    @Test("are registered with their terms, found by their code, and registered again without a second one")
    func create() async throws {
        try await withServer { server in
            let made = try await server.send(.POST, "/v1/merchants", as: .service, body: Self.body)
            #expect(made.status == 201, "\(made.text)")
            #expect(made.headers["location"] == ["/v1/merchants/ada"])
            #expect(made["display_name"]?.string == "Ada's Bücher")
            #expect(made["fee_plan"]?["basis_points"]?.integer == 250)
            #expect(made["fee_plan"]?["fixed"]?.array?.first?["amount"]?.integer == 30)
            #expect(made["fee_on_refund"]?.string == "proportional")
            #expect(try await server.send(.POST, "/v1/merchants", body: Self.body).text == made.text)
            #expect(try await server.send(.GET, "/v1/merchants/ada", as: .auditor).text == made.text)
            #expect(try await server.send(.GET, "/v1/merchants")["items"]?.array == [made.json])
        }
    }

    @Test("with a code alone are charged no fee, and the answer says what is agreed")
    func standard() async throws {
        try await withServer { server in
            let made = try await server.send(.POST, "/v1/merchants", body: #"{"code":"ada"}"#)
            #expect(made.status == 201, "\(made.text)")
            #expect(made["fee_plan"]?["basis_points"]?.integer == 0)
            #expect(made["fee_on_refund"]?.string == "keep")
            #expect(made["display_name"] == .null)
        }
    }

    @Test(
        "are refused with what is wrong named, and none is registered",
        arguments: [
            (#"{"code":"ada","fee_plan":{"basis_points":1,"rounding":"up"}}"#, ProblemCode.merchantCodeTaken, "code"),
            (#"{"code":"ada","display_name":"Ada"}"#, .merchantCodeTaken, "code"),
            (#"{"code":"Ada"}"#, .memberInvalid, "code"),
            (#"{"code":"eve","fee_plan":{"basis_points":1}}"#, .memberMissing, "fee_plan.rounding"),
            (
                #"{"code":"eve","fee_plan":{"basis_points":-1,"rounding":"up"}}"#, .memberInvalid,
                "fee_plan.basis_points"
            ),
            (
                #"{"code":"eve","fee_plan":{"basis_points":10001,"rounding":"up"}}"#, .memberInvalid,
                "fee_plan.basis_points"
            ),
            (
                #"{"code":"eve","fee_plan":{"basis_points":1,"rounding":"bankers"}}"#, .memberInvalid,
                "fee_plan.rounding"
            ),
            (
                #"{"code":"eve","fee_plan":{"basis_points":1,"fixed":[{"amount":1.5,"currency":"EUR"}],"rounding":"up"}}"#,
                .integerMalformed, "fee_plan.fixed[0].amount"
            ),
            (
                #"{"code":"eve","fee_plan":{"basis_points":1,"fixed":[{"amount":1000000000000001,"currency":"EUR"}],"rounding":"up"}}"#,
                .memberInvalid, "fee_plan.fixed"
            ),
            (#"{"code":"eve","fee":1}"#, .memberUnknown, "fee"),
            (#"{"code":"eve","display_name":"4111111111111111"}"#, .cardNumberRefused, "display_name"),
        ])
    func refusals(body: String, code: ProblemCode, param: String) async throws {
        try await withServer { server in
            _ = try await server.send(.POST, "/v1/merchants", body: #"{"code":"ada"}"#)
            let reply = try await server.send(.POST, "/v1/merchants", body: body)
            #expect(reply.isProblem(code), "\(reply.text)")
            #expect(reply.param == param)
            #expect(try await server.send(.GET, "/v1/merchants")["items"]?.array?.count == 1)
        }
    }

    @Test("nobody registered are not found, nor are those of another book")
    func unknown() async throws {
        try await withServer { server in
            _ = try await server.send(.POST, "/v1/merchants", body: #"{"code":"ada"}"#)
            for code in ["eve", "EVE"] {
                #expect(try await server.send(.GET, "/v1/merchants/\(code)").isProblem(.merchantNotFound))
            }
            let other = [("authorization", "Bearer \(try await server.makeKey("other", .service, in: .second))")]
            #expect(try await server.send(.GET, "/v1/merchants/ada", headers: other).isProblem(.merchantNotFound))
            #expect(try await server.send(.GET, "/v1/merchants", headers: other)["items"]?.array == [])
            #expect(
                try await server.send(.POST, "/v1/merchants", as: .auditor, body: Self.body)
                    .isProblem(.permissionDenied))
        }
    }
}
