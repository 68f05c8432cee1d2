import Crypto
import EventLog
import Foundation
import HTTPAPI
import JSON
import NIOCore
import NIOHTTP1
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("What a provider sends over HTTP")
struct WebhookRouteTests {
    @Test("is believed for its signature, counted once, and answered when it is committed")
    func believed() async throws {
        try await withServer { server in
            try await server.openShop()
            let payment = try await server.sentCharge()
            let body = Self.authorized(payment)
            let reply = try await server.notify(body)
            #expect(reply.status == 200 && reply.text == #"{"status":"received"}"#, "\(reply.text)")
            #expect(try await server.send(.GET, "/v1/payments/\(payment)")["status"]?.string == "authorized")
            let before = try server.eventCount()
            #expect(try await server.notify(body).status == 200)
            #expect(try server.eventCount() == before)
            let story = try await server.send(.GET, "/v1/payments/\(payment)/timeline")
            let kinds = story["items"]?.array?.compactMap { $0["what"]?.string } ?? []
            #expect(kinds.contains { $0.contains("notification") }, "\(kinds)")
        }
    }

    @Test("is refused when it is forged, unsigned, old or from the future; the payment stays as it was")
    func refused() async throws {
        try await withServer { server in
            try await server.openShop()
            let payment = try await server.sentCharge()
            let body = Self.authorized(payment)
            let forged = try await server.notify(body, signedBy: [1, 2, 3])
            #expect(forged.isProblem(.signatureMismatch), "\(forged.text)")
            for seconds in [-301, 301] as [Int64] {
                let stale = try await server.notify(body, shiftedBy: seconds)
                #expect(stale.isProblem(.notificationOutOfTime), "\(stale.text)")
            }
            let unsigned = try await server.send(.POST, try server.webhookPath(), as: nil, body: body)
            #expect(unsigned.isProblem(.notificationMalformed), "\(unsigned.text)")
            #expect(unsigned.param == "webhook-id")
            #expect(try await server.send(.GET, "/v1/payments/\(payment)")["status"]?.string == "authorizing")
            for seconds in [-300, 300] as [Int64] {
                #expect(try await server.notify(body, id: "evt_\(300 + seconds)", shiftedBy: seconds).status == 200)
            }
        }
    }

    @Test(
        "is kept for a person when it is signed and yet cannot be read",
        arguments: [
            "hello", "{}", #"{"type":7}"#, "", "\0",
            #"{"id":"evt_1","type":"a\u0000b","created":"2026-03-31T08:00:01Z","data":{"id":"a\u0000b"}}"#,
        ])
    func unreadable(body: String) async throws {
        try await withServer { server in
            try await server.openShop()
            #expect(try await server.notify(body).status == 200)
            let items = try await server.send(.GET, "/v1/work_items")["items"]?.array
            #expect(items?.map { $0["kind"]?.string } == ["unreadable_notification"])
        }
    }

    @Test("is refused at an address that is nobody's", arguments: ["x", "whe_1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"])
    func unknown(endpoint: String) async throws {
        try await withServer { server in
            try await server.openShop()
            let reply = try await server.send(.POST, "/v1/webhooks/\(endpoint)", as: nil, body: "{}")
            #expect(reply.isProblem(.endpointUnknown), "\(reply.text)")
            try await server.services.refusedNotifications.flush()
            let log = try server.services.database.read(.system) { try EventStore($0).events(after: 0, limit: 100) }
            #expect(log.last?.type == "summa.access.notification_refused")
        }
    }

    @Test("may have 1 MiB and no more")
    func size() async throws {
        try await withServer { server in
            try await server.openShop()
            let body = String(repeating: " ", count: 1 << 20)
            #expect(try await server.notify(body).status == 200)
            #expect(try await server.notify(body + " ").isProblem(.bodyTooLarge))
        }
    }

    @Test(
        "is answered and never a fault, whatever it is",
        .enabled(if: SharedVectors.present, "the shared test vectors are not here"))
    func vectors() async throws {
        struct Vector: Decodable {
            let name: String
            let base64: String
        }
        let vectors = try SharedVectors.json("json/parsing.json", as: [Vector].self)
        try await withServer { server in
            try await server.openShop()
            for (index, vector) in vectors.enumerated() {
                let bytes = try #require(Data(base64Encoded: vector.base64))
                let reply = try await server.notify(Array(bytes), id: "evt_v\(index)")
                #expect(reply.status == 200, "\(vector.name): \(reply.text)")
            }
        }
    }

    private static func authorized(_ payment: PaymentID) -> String {
        let command = ProviderCommandID(rawValue: payment.rawValue)
        let operation = """
            {"id":"auth_1","object":"authorization","authorization":"auth_1","authorization_reference":"\(command)",\
            "reference":"\(command)","status":"succeeded","amount":1000,"currency":"EUR",\
            "created":"2026-03-31T08:00:00Z","finished":"2026-03-31T08:00:01Z"}
            """
        return #"{"id":"evt_1","type":"authorization.succeeded","created":"2026-03-31T08:00:01Z","data":\#(operation)}"#
    }
}

extension RunningServer {
    /// A charge the provider has been sent.
    fileprivate func sentCharge() async throws -> PaymentID {
        let payment = try #require(PaymentID(text: try await charge()["id"]?.string ?? ""))
        try await sendCommands()
        return payment
    }

    fileprivate func webhookPath() throws -> String {
        let endpoint = try services.database.read(Self.book) { rows in
            let account = try #require(try ProviderAccountStore.page(after: nil, limit: 1, in: rows).first)
            return try services.connections.find(account.id, in: rows).endpoint
        }
        return "/v1/webhooks/\(endpoint.text)"
    }

    fileprivate func notify(
        _ body: String, id: String = "evt_1", signedBy secret: [UInt8] = RunningServer.secret,
        shiftedBy seconds: Int64 = 0
    ) async throws -> Reply {
        try await notify(Array(body.utf8), id: id, signedBy: secret, shiftedBy: seconds)
    }

    /// Sends bytes signed after Standard Webhooks, as if so many seconds from now.
    fileprivate func notify(
        _ body: [UInt8], id: String, signedBy secret: [UInt8] = RunningServer.secret, shiftedBy seconds: Int64 = 0
    ) async throws -> Reply {
        let timestamp = String(clock.now.microseconds / 1_000_000 + seconds)
        let code = HMAC<SHA256>.authenticationCode(
            for: Array("\(id).\(timestamp).".utf8) + body, using: SymmetricKey(data: secret))
        let headers: HTTPHeaders = [
            "webhook-id": id, "webhook-timestamp": timestamp,
            "webhook-signature": "v1,\(Data(code).base64EncodedString())",
        ]
        return try await send(.POST, try webhookPath(), headers, .bytes(ByteBuffer(bytes: body)))
    }
}
