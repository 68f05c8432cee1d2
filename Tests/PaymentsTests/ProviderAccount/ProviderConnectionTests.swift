import EventLog
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("The connection of a provider account")
struct ProviderConnectionTests {
    private let contracts: ExampleContracts

    init() throws {
        contracts = try ExampleContracts()
    }

    @Test("believes the secret before the new one until the overlap ends, and not a microsecond longer")
    func rotation() async throws {
        try await contracts.openBook(.test)
        _ = try await contracts.create(secret: [1])
        let rotatedAt = try await contracts.rotate(to: [2], overlap: .hours(2))
        let connection = try await contracts.create(secret: [2]).connection
        let end = rotatedAt.advanced(by: .hours(2))
        let last = end.advanced(by: Instant.Span(microseconds: -1))
        #expect(connection.secretsInForce(at: last).map(\.bytes) == [[2], [1]])
        #expect(connection.secretsInForce(at: end).map(\.bytes) == [[2]])
    }

    @Test("keeps two secrets at most, however often they are exchanged")
    func rotationTwice() async throws {
        try await contracts.openBook(.test)
        _ = try await contracts.create(secret: [1])
        _ = try await contracts.rotate(to: [2], overlap: .hours(2))
        let rotatedAt = try await contracts.rotate(to: [3], overlap: .hours(2))
        let connection = try await contracts.create(secret: [3]).connection
        #expect(connection.secretsInForce(at: rotatedAt).map(\.bytes) == [[3], [2]])
    }

    @Test(
        "tells the log which part was exchanged, once, and never with what",
        .enabled(if: TestStore.isSQLite, "about SQLite files"))
    func told() async throws {
        try await contracts.openBook(.test)
        _ = try await contracts.create(secret: [1])
        _ = try await contracts.rotate(to: [2], overlap: .hours(2))
        _ = try await contracts.rotate(to: [2], overlap: .hours(2))
        _ = try await contracts.connect(to: "https://elsewhere.example", credential: "sk_other")
        let told = try contracts.events(of: ProviderConnectionChanged.self).map(\.parts)
        #expect(told == [[.notificationSecret], [.baseURL, .credential]])
        #expect(!(try contracts.fileText()).contains("elsewhere"))
    }

    @Test("opens with no other installation's key")
    func otherKey() async throws {
        try await contracts.openBook(.test)
        let account = try await contracts.create().account
        let stranger = ProviderConnectionStore(try installationKey(2))
        #expect(throws: SealingFault.self) { try contracts.store.read { try stranger.find(account.id, in: $0) } }
    }

    @Test("has an endpoint that is read from its text, and from no other", arguments: endpoints)
    func endpointText(text: String, isOne: Bool) {
        #expect((NotificationEndpoint(text: text) != nil) == isOne)
    }
}

private let endpoints = [
    ("whe_1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", true),
    ("whe_1_AAAA_AAAAAAAAAAAAAAAAAAAAAAA-AAA", true),
    ("whe_1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false),
    ("whe_0_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false),
    ("whe_01_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false),
    ("whe_-1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false),
    ("whe_1", false),
    ("sk_test_1_AAAA", false),
    ("", false),
]
