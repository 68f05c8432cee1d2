import Storage
import Synchronization

/// Balances of accounts at random, read over HTTP.
struct BalanceRequestsCase: BenchCase {
    let connectionCount: Int
    var rate: Int?
    let seconds: Int64
    let accountCount: Int

    var name: String { "HTTP, \(rate.map { "\($0)/s offered" } ?? "\(connectionCount) connections")" }

    func measure(in place: BenchPlace) async throws -> [BenchFigure] {
        try await ServedBooks.with(place) { books in
            let database = books.installation.database
            let accounts = try await LedgerLoad.openAccounts(accountCount, in: database).map(\.description)
            let requests = BalanceRequests(key: books.key, accounts: accounts, seed: place.seed)
            _ = try await books.load(requests, connectionCount: connectionCount, for: .seconds(max(1, seconds / 8)))
            let meter = RateMeter()
            let latencies = try await books.load(
                requests, connectionCount: connectionCount, pace: rate.map { .fixed(perSecond: $0) } ?? .closed,
                for: .seconds(seconds))
            return meter.figures("reads", Int64(latencies.count)) + latencies.figures
        }
    }
}

final class BalanceRequests: LoadRequests, Sendable {
    private let requests: [[UInt8]]
    private let random: Mutex<SplitMix>

    init(key: String, accounts: [String], seed: UInt64) {
        requests = accounts.map { account in
            RequestTemplate([
                "GET /v1/accounts/\(account)/balance HTTP/1.1", "host: 127.0.0.1", "authorization: Bearer \(key)",
            ]).bytes
        }
        random = Mutex(SplitMix(seed: seed))
    }

    var isHeldBack: Bool { false }

    func next() -> [UInt8] {
        requests[random.withLock { Int($0.next() % UInt64(requests.count)) }]
    }

    func take(_ answer: LoadAnswer, of connection: Int) throws {
        guard answer.status == 200 else { throw CommandFailure("a balance was answered \(answer.status)") }
    }
}
