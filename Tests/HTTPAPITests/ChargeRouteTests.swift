import HTTPAPI
import JSON
import Ledger
import Money
import NIOHTTP1
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("A charge over HTTP")
struct ChargeRouteTests {
    @Test("is accepted: the answer names the payment, its hold and its place in the log")
    func accepted() async throws {
        try await withServer { server in
            try await server.openShop()
            let reply = try await server.charge()
            #expect(reply.status == 202, "\(reply.text)")
            let id = try #require(PaymentID(text: reply["id"]?.string ?? ""))
            #expect(reply.headers["location"] == ["/v1/payments/\(id)"])
            #expect(reply.headers["retry-after"] == ["1"])
            #expect(reply.headers["idempotency-replayed"] == [])
            let hold = try #require(reply["txn_id"]?.string)
            let names = [
                "amount", "amount_authorized", "amount_captured", "amount_refunded", "amount_disputed",
            ]
            #expect(names.map { reply[$0]?.integer } == [1_000, 0, 0, 0, 0])
            #expect(reply["status"]?.string == "accepted" && reply["currency"]?.string == "EUR")
            #expect(reply["merchant"]?.string == "acme" && reply["reference"]?.string == "order-1")
            #expect(reply["failure"]?.isNull == true && reply["next_action"]?.isNull == true)
            #expect(reply["test"]?.bool == true)
            #expect(reply["sequence"]?.integer == (try server.eventCount()))
            #expect(reply["created_at"]?.string?.isEmpty == false)

            let found = try await server.send(.GET, "/v1/ledger_transactions/\(hold)")
            #expect(found["state"]?.string == "pending" && found["remaining"]?.integer == 1_000)
            let payment = try await server.send(.GET, "/v1/payments/\(id)", as: .auditor)
            for name in names + ["id", "txn_id", "status", "merchant", "created_at", "sequence"] {
                #expect(payment[name] == reply[name], "\(name)")
            }
        }
    }

    @Test("takes everything a charge may say")
    func everything() async throws {
        try await withServer { server in
            try await server.openShop()
            let reply = try await server.charge(
                """
                {"amount":"1999","currency":"JPY","payment_method":"tok_x","merchant":"acme","capture":"manual",\
                "platform_fee":0,"reference":"a:b/c.d-e_f","provider_account":"sandbox","description":"Zwei Bücher",\
                "metadata":{"cart":"7","":"x"}}
                """)
            #expect(reply.status == 202, "\(reply.text)")
            #expect(reply["amount"]?.integer == 1_999 && reply["capture"]?.string == "manual")
            let event = try await server.send(.GET, "/v1/events/\(try server.eventCount())")
            #expect(!event.text.contains("Bücher") && !event.text.contains("cart"))
        }
    }

    @Test("answers a caller who waits as soon as the outcome is known, and not before")
    func waits() async throws {
        try await withServer { server in
            try await server.openShop()
            async let waiting = server.charge(headers: [("prefer", "wait=20")])
            while try server.paymentCount() == 0 { try await TaskSleeper().sleep(for: .milliseconds(5)) }
            let id = try #require(
                try server.services.database.read(RunningServer.book) {
                    try PaymentStore.page(after: nil, limit: 1, in: $0)
                }.first?.payment.id)
            try await server.hear(.authorized(Amount(minorUnits: 1_000, currency: .eur)), of: id, id.rawValue)
            let reply = try await waiting
            #expect(reply.status == 200, "\(reply.text)")
            #expect(reply["status"]?.string == "authorized" && reply["amount_authorized"]?.integer == 1_000)
            #expect(reply.headers["preference-applied"] == ["wait=20"])
            #expect(reply.headers["location"] == ["/v1/payments/\(id)"])
        }
    }

    @Test(
        "answers a caller who waited in vain as if it had not waited",
        arguments: ["wait=0", "wait=1", ";", ",;,", "wait", "wait=;"])
    func waitsInVain(preference: String) async throws {
        try await withServer { server in
            try await server.openShop()
            let reply = try await server.charge(headers: [("prefer", preference)])
            #expect(reply.status == 202)
            #expect(reply.text == (try await server.charge()).text)
        }
    }

    @Test("tells why a provider said no, in our words and in its own")
    func declined() async throws {
        try await withServer { server in
            try await server.openShop()
            let id = try #require(PaymentID(text: try await server.charge()["id"]?.string ?? ""))
            try await server.hear(.declined(ProviderFailure(.insufficientFunds, rawCode: "51")), of: id, id.rawValue)
            let payment = try await server.send(.GET, "/v1/payments/\(id)")
            #expect(payment["status"]?.string == "declined")
            #expect(payment["failure"]?["code"]?.string == "insufficient_funds")
            #expect(payment["failure"]?["raw_code"]?.string == "51")
        }
    }

    @Test(
        "that cannot be is refused by a stable code that names the member; nothing is written, and the server lives",
        arguments: ChargeRefusal.all)
    func refused(refusal: ChargeRefusal) async throws {
        try await withServer { server in
            try await server.openShop()
            let before = try server.eventCount()
            let reply = try await server.charge(refusal.body)
            #expect(reply.isProblem(refusal.code), "\(reply.text)")
            #expect(reply.param == refusal.param)
            #expect(try server.eventCount() == before && server.paymentCount() == 0)
            // The key was not used up: the corrected request goes through under it.
            #expect(try await server.charge().status == 202)
        }
    }

    @Test("is for those who may take payments")
    func roles() async throws {
        try await withServer { server in
            try await server.openShop()
            for role in [Role.auditor, .approver] {
                let reply = try await server.send(.POST, "/v1/charges", as: role, body: RunningServer.charge)
                #expect(reply.isProblem(.permissionDenied))
            }
            #expect(try server.paymentCount() == 0)
        }
    }
}

@Suite("The bounds of a charge over HTTP")
struct ChargeBoundTests {
    @Test("are in it: the largest amount, the longest texts, the fullest metadata, the largest fee")
    func largest() async throws {
        try await withServer { server in
            try await server.openShop()
            let pairs = (0..<50).map { index in
                "\"\(ChargeRefusal.text(38))\(10 + index)\":\"\(ChargeRefusal.text(500))\""
            }
            let reply = try await server.charge(
                """
                {"amount":9223372036854775807,"currency":"EUR","payment_method":"tok_x","platform_fee":9223372036854775807,\
                "reference":"\(ChargeRefusal.text(128))","description":"\(ChargeRefusal.text(500))",\
                "metadata":{\(pairs.joined(separator: ","))}}
                """)
            #expect(reply.status == 202, "\(reply.text)")
            #expect(reply["amount"]?.integer == .max)
        }
    }

    @Test("hold for the merchant's books too: what cannot be counted is refused, and its key stays free")
    func overflow() async throws {
        try await withServer { server in
            try await server.openShop()
            let body = #"{"amount":9223372036854775807,"currency":"EUR","payment_method":"tok_x"}"#
            #expect(try await server.charge(body, key: "k1").status == 202)
            let refused = try await server.charge(body, key: "k2")
            #expect(refused.isProblem(.balanceOverflow), "\(refused.text)")
            // Others filled the counter, and will empty it: the refusal is not this key's answer for ever.
            let again = try await server.charge(body, key: "k2")
            #expect(again.isProblem(.balanceOverflow))
            #expect(again.headers["idempotency-replayed"] == [])
            #expect(try server.paymentCount() == 1)
        }
    }

    @Test("a currency the provider account does not settle in is refused, and stays refused")
    func currency() async throws {
        try await withServer { server in
            try await server.openShop()
            let body = #"{"amount":10,"currency":"GBP","payment_method":"tok_x"}"#
            let refused = try await server.charge(body)
            #expect(refused.isProblem(.currencyUnsupported) && refused.param == "currency", "\(refused.text)")
            #expect(try await server.charge(body).body == refused.body)
            #expect(try server.paymentCount() == 0)
        }
    }

    @Test("a fee of more than the amount is refused, and stays refused")
    func fee() async throws {
        try await withServer { server in
            try await server.openShop()
            let body = #"{"amount":10,"currency":"EUR","payment_method":"tok_x","platform_fee":11}"#
            let refused = try await server.charge(body)
            #expect(refused.isProblem(.feeExceedsAmount), "\(refused.text)")
            #expect(try await server.charge(body).body == refused.body)
            #expect(try server.paymentCount() == 0)
        }
    }
}
