import EventLog
import HTTPAPI
import JSON
import Ledger
import Money
import NIOHTTP1
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("Payments over HTTP")
struct PaymentRouteTests {
    @Test("are captured, in part and whole, each request an operation that is followed")
    func capture() async throws {
        try await withServer { server in
            try await server.openShop()
            let payment = try await server.authorized(
                #"{"amount":1000,"currency":"EUR","payment_method":"tok_x","capture":"manual"}"#)
            let reply = try await server.ask(
                "/v1/payments/\(payment)/capture", #"{"amount":400,"currency":"EUR"}"#, key: "c1")
            #expect(reply.status == 202, "\(reply.text)")
            #expect(reply.headers["location"] == ["/v1/payments/\(payment)"])
            #expect(reply["kind"]?.string == "capture" && reply["status"]?.string == "requested")
            #expect(reply["amount"]?.integer == 400 && reply["currency"]?.string == "EUR")
            #expect(reply["final"]?.bool == false)
            #expect(reply["sequence"]?.integer == (try server.eventCount()))
            let again = try await server.ask(
                "/v1/payments/\(payment)/capture", #"{"amount":"400","currency":"EUR"}"#, key: "c1")
            #expect(again.body == reply.body && again.headers["idempotency-replayed"] == ["true"])

            let above = try await server.ask("/v1/payments/\(payment)/capture", #"{"amount":601}"#, key: "c2")
            #expect(above.isProblem(.exceedsCapturable), "\(above.text)")
            let rest = try await server.ask(
                "/v1/payments/\(payment)/capture", #"{"amount":600,"final":true}"#, key: "c3")
            #expect(rest["code"]?.string == nil || rest.isProblem(.captureInFlight), "\(rest.text)")
        }
    }

    @Test("are voided before anything is captured, and not after")
    func void() async throws {
        try await withServer { server in
            try await server.openShop()
            let payment = try await server.authorized()
            let reply = try await server.ask("/v1/payments/\(payment)/void", key: "v1")
            #expect(reply.status == 202, "\(reply.text)")
            #expect(reply["kind"]?.string == "void" && reply["status"]?.string == "requested")
            #expect(try await server.ask("/v1/payments/\(payment)/void", key: "v2").isProblem(.voidInFlight))
            let captured = try await server.captured(key: "k2")
            let late = try await server.ask("/v1/payments/\(captured)/void", key: "v3")
            #expect(late.isProblem(.paymentNotVoidable) || late.isProblem(.paymentCaptured), "\(late.text)")
        }
    }

    @Test("are refunded in parts up to what was captured; each refund has an address of its own")
    func refund() async throws {
        try await withServer { server in
            try await server.openShop()
            let payment = try await server.captured()
            let path = "/v1/payments/\(payment)/refunds"
            let reply = try await server.ask(path, #"{"amount":300}"#, key: "r1")
            #expect(reply.status == 202, "\(reply.text)")
            let id = try #require(RefundID(text: reply["id"]?.string ?? ""))
            #expect(reply.headers["location"] == ["/v1/refunds/\(id)"])
            let found = try await server.send(.GET, "/v1/refunds/\(id)", as: .auditor)
            #expect(found["status"]?.string == "requested" && found["amount"]?.integer == 300)
            #expect(found["payment"]?.string == payment.description)

            #expect(try await server.ask(path, #"{"amount":701}"#, key: "r2").isProblem(.exceedsRefundable))
            #expect(try await server.ask(path, #"{"amount":700}"#, key: "r3").status == 202)
            try await server.hear(
                .refunded(Amount(minorUnits: 300, currency: .eur), fee: nil), of: payment, id.rawValue,
                movement: "ref_1")
            #expect(try await server.send(.GET, "/v1/refunds/\(id)")["status"]?.string == "succeeded")
            #expect(try await server.send(.GET, "/v1/payments/\(payment)")["amount_refunded"]?.integer == 300)
        }
    }

    @Test(
        "are not changed by a request that cannot be",
        arguments: [
            ("capture", #"{"amount":0}"#, ProblemCode.amountNotPositive, "amount"),
            ("capture", #"{"amount":-5}"#, .amountNotPositive, "amount"),
            ("capture", #"{"amount":1.5}"#, .integerMalformed, "amount"),
            ("capture", #"{"amount":9223372036854775808}"#, .integerOutOfRange, "amount"),
            ("capture", #"{"amount":1,"currency":"USD"}"#, .currencyMismatch, "currency"),
            ("capture", #"{"currency":"EUR"}"#, .memberMissing, "amount"),
            ("capture", #"{"amount":1,"note":"x"}"#, .memberUnknown, "note"),
            ("void", #"{"amount":1}"#, .memberUnknown, "amount"),
            ("refunds", #"{"amount":0}"#, .amountNotPositive, "amount"),
            ("refunds", #"{"amount":1,"currency":"USD"}"#, .currencyMismatch, "currency"),
            ("refunds", #"{"amount":1,"final":true}"#, .memberUnknown, "final"),
        ])
    func refused(verb: String, body: String, code: ProblemCode, param: String) async throws {
        try await withServer { server in
            try await server.openShop()
            let payment = try await server.captured()
            let before = try server.eventCount()
            let reply = try await server.ask("/v1/payments/\(payment)/\(verb)", body, key: "x")
            #expect(reply.isProblem(code), "\(reply.text)")
            #expect(reply.param == param)
            #expect(try server.eventCount() == before)
        }
    }

    @Test("that are not there are not found")
    func unknown() async throws {
        try await withServer { server in
            try await server.openShop()
            for id in ["pay_0000000000001", "rfd_0000000000001", "x"] {
                #expect(try await server.send(.GET, "/v1/payments/\(id)").isProblem(.paymentNotFound))
                #expect(try await server.send(.GET, "/v1/payments/\(id)/timeline").isProblem(.paymentNotFound))
                #expect(try await server.send(.GET, "/v1/refunds/\(id)").isProblem(.refundNotFound))
                for verb in ["capture", "void", "refunds"] {
                    #expect(try await server.ask("/v1/payments/\(id)/\(verb)").isProblem(.paymentNotFound))
                }
            }
            // A capture is no refund, whatever its number is written as.
            let payment = try await server.captured()
            let capture = try await server.ask("/v1/payments/\(payment)/capture", key: "k1-capture")
            let id = try #require(PaymentOperationID(text: capture["id"]?.string ?? ""))
            let refund = RefundID(rawValue: id.rawValue)
            #expect(try await server.send(.GET, "/v1/refunds/\(refund)").isProblem(.refundNotFound))
        }
    }

    @Test("tell their story: what was requested, asked and said, in order, with the events themselves")
    func timeline() async throws {
        try await withServer { server in
            try await server.openShop()
            let payment = try await server.captured()
            let reply = try await server.send(.GET, "/v1/payments/\(payment)/timeline", as: .auditor)
            let entries = try #require(reply["items"]?.array, "\(reply.text)")
            let types = entries.compactMap { $0["what"]?.string }
            #expect(types.first == "summa.payments.charge.initiated")
            #expect(types.contains("summa.payments.capture.requested"))
            #expect(entries.contains { $0["kind"]?.string == "attempt" && $0["number"]?.integer == 1 })
            let first = try #require(entries.first)
            let event = try await server.send(.GET, "/v1/events/\(first["sequence"]?.integer ?? 0)")
            #expect(first["event"] == event.json)
            let times = entries.compactMap { $0["at"]?.string }
            #expect(times == times.sorted() && times.count == entries.count)
            #expect(reply["truncated"]?.bool == false)
        }
    }

    @Test("say that their story is cut when it has more than a thousand events")
    func longTimeline() async throws {
        try await withServer { server in
            try await server.openShop()
            let payment = try await server.authorized()
            try await server.services.database.write(RunningServer.book) { work in
                for _ in 0..<PaymentTimeline.eventCountMax {
                    PaymentEventStore.note(payment, in: &work)
                    work.append(APIKeyRevoked.example, context: EventContext(actor: "system:test"))
                }
            }
            let reply = try await server.send(.GET, "/v1/payments/\(payment)/timeline")
            #expect(reply["truncated"]?.bool == true, "\(reply.text.prefix(300))")
            let entries = try #require(reply["items"]?.array)
            let events = entries.filter { $0["kind"]?.string == "event" }
            #expect(events.count == PaymentTimeline.eventCountMax)
        }
    }
}

@Suite("Lists of payments over HTTP")
struct PaymentListTests {
    private func ids(_ reply: Reply) -> [String] {
        reply["items"]?.array?.compactMap { $0["id"]?.string } ?? []
    }

    @Test("give the newest first, page by page, and each payment once")
    func pages() async throws {
        try await withServer { server in
            try await server.openShop()
            var made: [String] = []
            for index in 1...5 {
                made.append(try #require(try await server.charge(key: "k\(index)")["id"]?.string))
            }
            try await server.project()
            var seen: [String] = []
            var cursor = ""
            repeat {
                let reply = try await server.send(.GET, "/v1/payments?limit=2\(cursor)", as: .auditor)
                #expect(reply.status == 200, "\(reply.text)")
                seen += ids(reply)
                cursor = reply["next_cursor"]?.string.map { "&cursor=\($0)" } ?? ""
            } while !cursor.isEmpty
            #expect(seen == made.reversed())
        }
    }

    @Test("are filtered by status, merchant, reference and time")
    func filters() async throws {
        try await withServer { server in
            try await server.openShop()
            let old = try await server.authorized()
            server.clock.advance(by: .minutes(60))
            let middle = server.clock.now.description
            server.clock.advance(by: .minutes(60))
            let new = try #require(
                try await server.charge(
                    #"{"amount":1,"currency":"EUR","payment_method":"t","reference":"order-2"}"#, key: "k2")["id"]?
                    .string)
            try await server.project()
            for (query, expected) in [
                ("status=authorized", [old.description]), ("status=accepted", [new]), ("status=captured", []),
                ("reference=order-1", [old.description]), ("merchant=acme", [new, old.description]),
                ("merchant=eve", []), ("created_from=\(middle)", [new]),
                ("created_before=\(middle)", [old.description]),
                ("created_from=\(middle)&status=authorized", []),
            ] {
                let reply = try await server.send(.GET, "/v1/payments?\(query)")
                #expect(reply.status == 200 && ids(reply) == expected, "\(query): \(reply.text)")
            }
            for query in ["status=paid", "merchant=A%20B", "reference=%20", "created_from=yesterday", "cursor=x"] {
                #expect(try await server.send(.GET, "/v1/payments?\(query)").isProblem(.parameterInvalid), "\(query)")
            }
            #expect(try await server.send(.GET, "/v1/payments?state=x").isProblem(.parameterUnknown))
        }
    }

    @Test("wait for the view to have come as far as a caller asks, and say how far it has")
    func waits() async throws {
        try await withServer { server in
            try await server.openShop()
            let charge = try await server.charge()
            let sequence = try #require(charge["sequence"]?.integer)
            let early = try await server.send(.GET, "/v1/payments")
            #expect(ids(early) == [] && early["as_of"]?.integer == 0)
            let wanted = [("summa-min-sequence", "\(sequence)")]
            #expect(try await server.send(.GET, "/v1/payments", headers: wanted).isProblem(.projectionLag))
            async let waiting = server.send(.GET, "/v1/payments", headers: wanted)
            try await server.project()
            let reply = try await waiting
            #expect(ids(reply) == [charge["id"]?.string ?? ""] && reply["as_of"]?.integer == sequence)
        }
    }

    @Test("show a book its own payments only")
    func books() async throws {
        try await withServer { server in
            try await server.openShop()
            _ = try await server.charge()
            try await server.project()
            let other = [("authorization", "Bearer \(try await server.makeKey("other", .service, in: .second))")]
            #expect(ids(try await server.send(.GET, "/v1/payments", headers: other)) == [])
        }
    }
}
