import AsyncHTTPClient
import Delivery
import EventLog
import Foundation
import HTTPAPI
import Ledger
import Logging
import NIOCore
import NIOHTTP1
import Payments
import Providers
import Reconciliation
import Storage
import SummaTestKit
import Synchronization
import Testing

/// A server on a free port of the loopback, over a real database in a directory of its own, with a key for each role.
struct RunningServer: Sendable {
    static let book = BookID.first

    let port: Int
    let services: Services
    let clock: ManualClock
    let keys: [Role: String]
    let log: LogLines

    func key(_ role: Role) -> String { keys[role] ?? "" }

    /// Sends a request.
    /// - Parameters:
    ///   - role: Whose key to send; nil for none.
    ///   - body: JSON, unless a content type is among the headers.
    func send(
        _ method: HTTPMethod, _ path: String, as role: Role? = .operator, body: String? = nil,
        headers: [(String, String)] = []
    ) async throws -> Reply {
        var fields = HTTPHeaders(headers)
        if let role, !fields.contains(name: "authorization") {
            fields.add(name: "authorization", value: "Bearer \(key(role))")
        }
        if body != nil, !fields.contains(name: "content-type") {
            fields.add(name: "content-type", value: "application/json")
        }
        return try await send(method, path, fields, body.map { .bytes(ByteBuffer(string: $0)) })
    }

    func send(
        _ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders, _ body: HTTPClientRequest.Body?,
        timeout: TimeAmount = .seconds(60)
    ) async throws -> Reply {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = method
        request.headers = headers
        request.body = body
        let response = try await HTTPClient.shared.execute(request, timeout: timeout)
        let bytes = try await response.body.collect(upTo: 64 << 20)
        return Reply(status: Int(response.status.code), headers: response.headers, body: Array(bytes.readableBytesView))
    }
}

/// Runs a test with a server, and stops the server gracefully after it.
/// - Parameter uptime: What waits are measured with.
func withServer(
    uptime: any TimeSource = Uptime(), _ test: @Sendable (RunningServer) async throws -> Void
) async throws {
    let store = try TestDatabase(
        allMigrations(),
        books: [.system, .first, .second], log: MerkleLog(), runsOwnThread: true)
    let (services, keys) = try await makeServices(store.database, store.clock, uptime)
    let log = LogLines()
    var configuration = HTTPServer.Configuration()
    configuration.port = 0
    let server = HTTPServer(configuration: configuration, services: services, logger: log.logger)
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    let clock = store.clock
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await server.run { port.yield($0) } }
        guard let first = await ports.first(where: { _ in true }) else { return }
        defer { group.cancelAll() }
        try await test(RunningServer(port: first, services: services, clock: clock, keys: keys, log: log))
        group.cancelAll()
        try await group.waitForAll()
    }
}

private func allMigrations() -> [Migration] {
    let all =
        [LedgerSchema.migration, AccessSchema.migration, PaymentsSchema.migration, DeliverySchema.migration]
        + BackOffice.migrations + ReconciliationParts.migrations
    return all.sorted { (left: Migration, right: Migration) in left.version < right.version }
}

private func makeServices(
    _ database: Database, _ clock: ManualClock, _ uptime: any TimeSource
) async throws -> (Services, [Role: String]) {
    let random = SeededBytes(seed: 7)
    for book in [BookID.first, .second] {
        try await database.createBook(book.restricted, named: BookID.restrictedName(of: "book-\(book.rawValue)"))
        try await OpenBook(database: database).run(
            .init(book: book, settings: BookSettings(mode: .test), context: EventContext(actor: "system:test")))
    }
    let seed = [UInt8](repeating: 7, count: 32)
    let services = Services(
        database: database, clock: clock, uptime: uptime, random: random, sleeper: TaskSleeper(),
        checkpointer: Checkpointer(
            database: database, signer: try SignerKey(name: "summa/test", seed: seed), places: []),
        installationKey: try #require(InstallationKey(bytes: seed)),
        adapter: ProviderAdapters(client: .shared, now: { clock.now }).adapter,
        clockGuard: ClockGuard(database: database, clock: clock, monotonic: uptime))
    var keys: [Role: String] = [:]
    for role in Role.allCases {
        let made = try await CreateAPIKey(database: database, random: random).run(
            .init(
                book: .first, mode: .test, principal: PrincipalName("the-\(role.rawValue)")!, role: role,
                approvedBy: "system:test", context: EventContext(actor: "system:test")))
        keys[role] = made.key.revealed
    }
    return (services, keys)
}

extension BookID {
    /// The book of another tenant.
    static let second = BookID(rawValue: 2)
}

/// Random bytes that a seed fixes, for any thread.
final class SeededBytes: RandomSource {
    private let generator: Mutex<SeededGenerator>

    init(seed: UInt64) { generator = Mutex(SeededGenerator(seed: seed)) }

    func bytes(_ count: Int) -> [UInt8] {
        generator.withLock { generator in (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) } }
    }
}

struct Uptime: TimeSource {
    var now: Instant { Instant(microseconds: Int64(NIODeadline.now().uptimeNanoseconds / 1_000)) }
}

struct TaskSleeper: Sleeper {
    func sleep(for span: Instant.Span) async throws {
        try await Task.sleep(for: .microseconds(span.microseconds))
    }
}
