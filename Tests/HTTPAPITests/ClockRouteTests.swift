import EventLog
import HTTPAPI
import NIOHTTP1
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("The clock over HTTP")
struct ClockRouteTests {
    private static let path = "/v1/clock/confirm"

    private func told(_ server: RunningServer) throws -> [EventDocument] {
        try server.services.database.read(.system) { rows in
            try EventStore(rows).events(after: 0, limit: 100).filter { $0.type.hasPrefix("summa.clock.") }
        }
    }

    @Test("is believed again once an operator has confirmed it, and the log says who did")
    func confirmed() async throws {
        try await withServer { server in
            let clockGuard = try #require(server.services.clockGuard)
            server.clock.advance(by: .hours(2))
            try await clockGuard.step()
            #expect(!clockGuard.isTrusted())
            for role in [Role.service, .approver, .auditor] {
                #expect(try await server.send(.POST, Self.path, as: role).isProblem(.permissionDenied))
            }
            #expect(!clockGuard.isTrusted())
            let reply = try await server.send(.POST, Self.path)
            #expect(reply.status == 200 && reply.text == #"{"trusted":true}"#, "\(reply.text)")
            #expect(clockGuard.isTrusted())
            try await clockGuard.step()
            #expect(clockGuard.isTrusted())
            #expect(try told(server).map(\.type) == ["summa.clock.doubted", "summa.clock.trusted"])
            let actor = try #require(try told(server).last).context().actor
            #expect(actor.text.hasPrefix("principal:the-operator/"))
        }
    }

    @Test("that nobody doubts may be confirmed, and nothing is written")
    func notDoubted() async throws {
        try await withServer { server in
            let reply = try await server.send(.POST, Self.path)
            #expect(reply.status == 200)
            #expect(try told(server).isEmpty)
        }
    }
}
