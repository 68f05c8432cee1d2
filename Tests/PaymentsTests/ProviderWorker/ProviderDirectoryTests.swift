import EventLog
import Storage
import SummaTestKit
import Testing

@testable import Payments

@Suite("Who speaks with a provider")
struct ProviderDirectoryTests {
    @Test("is remembered for a few seconds for what providers send, and read each time for what is sent to them")
    func remembers() async throws {
        let stage = try await PaymentStage()
        let connections = ProviderConnectionStore(try installationKey())
        let directory = ProviderDirectory(
            database: stage.store.database, connections: connections, clock: stage.store.clock,
            make: { _ in ScriptedProvider() })
        let account = try #require(try stage.store.read { try ProviderAccountStore.find(Example.sandbox, in: $0) })
        let first = try #require(try directory.party(of: account, in: .first)).contract.connection
        func heard() throws -> String? { try directory.party(at: first.endpoint)?.contract.connection.baseURL }
        func asked() throws -> String? { try directory.party(of: account, in: .first)?.contract.connection.baseURL }
        #expect(try heard() == first.baseURL)
        _ = try await ChangeProviderConnection(
            database: stage.store.database, connections: connections, random: CountingBytes()
        ).run(
            .init(
                book: .first, code: Example.sandbox, baseURL: "https://elsewhere.example",
                context: EventContext(actor: "principal:anna")))
        #expect(try asked() == "https://elsewhere.example")
        #expect(try heard() == first.baseURL)
        stage.store.clock.advance(by: .init(microseconds: 4_999_999))
        #expect(try heard() == first.baseURL)
        stage.store.clock.advance(by: .init(microseconds: 1))
        #expect(try heard() == "https://elsewhere.example")
    }

    @Test("is looked up anew for what is not believed, where it has changed")
    func looksAgain() async throws {
        let stage = try await PaymentStage()
        let connections = ProviderConnectionStore(try installationKey())
        let directory = ProviderDirectory(
            database: stage.store.database, connections: connections, clock: stage.store.clock,
            make: { _ in ScriptedProvider() })
        let account = try #require(try stage.store.read { try ProviderAccountStore.find(Example.sandbox, in: $0) })
        let endpoint = try #require(try directory.party(of: account, in: .first)).contract.connection.endpoint
        let known = try #require(try directory.party(at: endpoint))
        #expect(try directory.party(at: endpoint, insteadOf: known) == nil)
        _ = try await ChangeProviderConnection(
            database: stage.store.database, connections: connections, random: CountingBytes()
        ).run(
            .init(
                book: .first, code: Example.sandbox, notificationSecret: NotificationSecret(bytes: [UInt8](1...32)),
                context: EventContext(actor: "principal:anna")))
        let changed = try #require(try directory.party(at: endpoint, insteadOf: known))
        #expect(changed.contract.connection.newestSecret == NotificationSecret(bytes: [UInt8](1...32)))
        #expect(try directory.party(at: endpoint)?.contract == changed.contract)
    }

    @Test("is nobody at an address that is not there, each time it is asked for")
    func unknown() async throws {
        let stage = try await PaymentStage()
        let directory = ProviderDirectory(
            database: stage.store.database, connections: ProviderConnectionStore(try installationKey()),
            clock: stage.store.clock, make: { _ in ScriptedProvider() })
        let nowhere = try #require(NotificationEndpoint(text: "whe_1_" + String(repeating: "A", count: 32)))
        for _ in 1...2 { #expect(try directory.party(at: nowhere) == nil) }
    }
}
