import Foundation

/// The plain ledger on the database that is measured, as callers reach it: SQLite has one writer, so there they take turns
/// at one connection; on PostgreSQL each has its own.
struct OpenBaseline: Sendable {
    private let connections: [BenchLock<BaselineConnection>]

    func connection(of caller: Int = 0) -> BenchLock<BaselineConnection> { connections[caller % connections.count] }

    fileprivate init(in place: BenchPlace, callerCount: Int) throws {
        if let address = try place.makeEmptyDatabase() {
            connections = try (0..<callerCount).map { _ in
                BenchLock(BaselineConnection(ledger: try BaselinePostgresStore(address)))
            }
        } else {
            try FileManager.default.createDirectory(atPath: place.directory, withIntermediateDirectories: true)
            connections = [
                BenchLock(
                    BaselineConnection(ledger: try BaselineSQLiteStore(path: "\(place.directory)/baseline.sqlite")))
            ]
        }
    }

    func make(accountCount: Int) throws { try connection().withLock { try $0.ledger.make(accountCount: accountCount) } }
    func count() throws -> Int64 { try connection().withLock { try $0.ledger.count() } }
}

/// What one caller at a time uses.
struct BaselineConnection {
    let ledger: any BaselineLedger
}

extension BenchPlace {
    /// Opens a plain ledger for the length of some work and removes it.
    func withBaseline<T>(
        callerCount: Int = 1, accountCount: Int, _ body: (OpenBaseline) async throws -> T
    ) async throws -> T {
        defer { remove() }
        let baseline = try OpenBaseline(in: self, callerCount: callerCount)
        try baseline.make(accountCount: accountCount)
        return try await body(baseline)
    }
}
