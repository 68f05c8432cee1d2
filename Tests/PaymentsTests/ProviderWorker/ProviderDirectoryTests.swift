import EventLog
import Storage
import SummaTestKit
import Testing

@testable import Payments

@Suite("Who speaks with a provider")
struct ProviderDirectoryTests {
    /// A contract, and a directory that remembers it.
    private struct Office {
        let stage: PaymentStage
        let connections: ProviderConnectionStore
        let directory: ProviderDirectory

        init() async throws {
            stage = try await PaymentStage()
            connections = ProviderConnectionStore(try installationKey())
            directory = ProviderDirectory(
                database: stage.store.database, connections: connections, clock: stage.store.clock,
                make: { _ in ScriptedProvider() })
        }

        /// What a worker is told.
        func asked() throws -> ProviderConnection {
            let account = try #require(try stage.store.read { try ProviderAccountStore.find(Example.sandbox, in: $0) })
            return try #require(try directory.party(of: account, in: .first)).contract.connection
        }

        /// As another process would.
        func change(baseURL: String? = nil, secret: NotificationSecret? = nil) async throws {
            _ = try await ChangeProviderConnection(
                database: stage.store.database, connections: connections, random: CountingBytes()
            ).run(
                .init(
                    book: .first, code: Example.sandbox, baseURL: baseURL, notificationSecret: secret,
                    context: EventContext(actor: "principal:anna")))
        }
    }

    @Test("is remembered for a few seconds for what providers send, and read each time for what is sent to them")
    func remembers() async throws {
        let office = try await Office()
        let first = try office.asked()
        func heard() throws -> String? { try office.directory.party(at: first.endpoint)?.contract.connection.baseURL }
        #expect(try heard() == first.baseURL)
        try await office.change(baseURL: "https://elsewhere.example")
        #expect(try office.asked().baseURL == "https://elsewhere.example")
        #expect(try heard() == first.baseURL)
        office.stage.store.clock.advance(by: .init(microseconds: 4_999_999))
        #expect(try heard() == first.baseURL)
        office.stage.store.clock.advance(by: .init(microseconds: 1))
        #expect(try heard() == "https://elsewhere.example")
    }

    @Test("is looked up anew for what is not believed, where it has changed")
    func looksAgain() async throws {
        let office = try await Office()
        let endpoint = try office.asked().endpoint
        let known = try #require(try office.directory.party(at: endpoint))
        #expect(try office.directory.party(at: endpoint, insteadOf: known) == nil)
        let secret = try #require(NotificationSecret(bytes: [UInt8](1...32)))
        try await office.change(secret: secret)
        let changed = try #require(try office.directory.party(at: endpoint, insteadOf: known))
        #expect(changed.contract.connection.newestSecret == secret)
        #expect(try office.directory.party(at: endpoint)?.contract == changed.contract)
    }

    @Test("is nobody at an address that is not there, each time it is asked for")
    func unknown() async throws {
        let office = try await Office()
        let nowhere = try #require(NotificationEndpoint(text: "whe_1_" + String(repeating: "A", count: 32)))
        for _ in 1...2 { #expect(try office.directory.party(at: nowhere) == nil) }
    }
}
