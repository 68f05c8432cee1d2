import Storage
import Synchronization

/// Makes a database anew from the log alone, and compares its recorded rows with the ones in use.
///
/// The replayers are written apart from the verbs that wrote the rows: an amount that either of the two gets wrong shows here.
package struct LogReplay {
    private let migrations: [Migration]
    private let replayers: [any EventReplayer]
    private let database: Database
    private let directory: String
    private static let pageSize = 1_000
    /// Findings after which a table is given up: the first ones tell what is wrong.
    private static let findingsPerTableMax = 20

    /// - Parameter directory: Where the replayed database is made; it must not exist, and is removed by `remove`.
    package init(migrations: [Migration], replayers: [any EventReplayer], directory: String) throws {
        self.migrations = migrations
        self.replayers = replayers
        self.directory = directory
        var configuration = Database.Configuration()
        configuration.runsOwnThread = false
        configuration.runs.usesOwnThread = true
        database = try Database(
            .directory(directory), migrations: migrations, log: MerkleLog(), clock: NoClock(), writer: 0,
            configuration: configuration, stop: { _ in })
    }

    /// Replays a book's log and compares. Answers what differs, in the order of the tables.
    /// - Parameter progress: Called with the sequence that has been replayed.
    package func run(_ rows: Rows, progress: (Int64) -> Void = { _ in }) throws -> [ReplayFinding] {
        try createBook(like: rows.head)
        var findings: [ReplayFinding] = []
        var last: Int64 = 0
        while last < rows.asOf {
            let page = try self.page(after: last, of: rows)
            guard let end = page.last?.sequence else { break }
            for event in page { replay(event, book: rows.book) { findings.append($0) } }
            while database.runBatch() > 0 {}
            last = end
            progress(last)
        }
        return try findings + compare(rows)
    }

    /// Takes the replayed database away.
    package func remove() {
        database.close()
        Database.remove(from: directory)
    }

    private func createBook(like head: Head) throws {
        let outcome = Mutex<Result<Void, any Error>>(.success(()))
        database.enqueueCreation(of: head.book, named: head.name) { result in outcome.withLock { $0 = result } }
        database.runBatch()
        try outcome.withLock { $0 }.get()
    }

    // MARK: Replaying

    private func page(after sequence: Int64, of rows: Rows) throws -> [(sequence: Int64, bytes: [UInt8])] {
        var page: [(sequence: Int64, bytes: [UInt8])] = []
        try rows.events(after: sequence, limit: Self.pageSize) { page.append(($0, Array($1))) }
        return page
    }

    /// The event is appended whatever becomes of its rows, so that the replayed log stays in step.
    private func replay(
        _ event: (sequence: Int64, bytes: [UInt8]), book: BookID, finding: @escaping (ReplayFinding) -> Void
    ) {
        let replayers = replayers
        database.enqueue(
            book,
            body: { work -> ReplayFinding? in
                work.appendEntry { $0 += event.bytes }
                do {
                    try work.attempt { work in
                        let document = try EventDocument(event.bytes)
                        for replayer in replayers { try replayer.apply(document, in: &work) }
                    }
                    return nil
                } catch {
                    return .notReplayable(sequence: event.sequence, cause: "\(error)")
                }
            },
            completion: { result in
                switch result {
                case .success(let found): if let found { finding(found) }
                case .failure(let error): finding(.notReplayable(sequence: event.sequence, cause: "\(error)"))
                }
            })
    }

    // MARK: Comparing

    private func compare(_ stored: Rows) throws -> [ReplayFinding] {
        try database.read(stored.book) { replayed in
            try migrations.flatMap(\.tables).filter { $0.rowClass == .recorded }
                .flatMap { try compare($0, stored, replayed) }
        }
    }

    /// Walks both tables in the order of their key.
    private func compare(_ table: any TableDescription, _ stored: Rows, _ replayed: Rows) throws -> [ReplayFinding] {
        var findings: [ReplayFinding] = []
        var left = TableWalk(table, stored, pageSize: Self.pageSize)
        var right = TableWalk(table, replayed, pageSize: Self.pageSize)
        while findings.count < Self.findingsPerTableMax {
            switch (try left.current(), try right.current()) {
            case (nil, nil): return findings
            case (let row?, nil):
                findings.append(.surplus(table: table.name, key: left.name(of: row)))
                left.advance()
            case (nil, let row?):
                findings.append(.missing(table: table.name, key: right.name(of: row)))
                right.advance()
            case (let row?, let other?):
                switch left.order(of: row, other) {
                case .same:
                    findings += differences(table, row, other, key: left.name(of: row))
                    left.advance()
                    right.advance()
                case .before:
                    findings.append(.surplus(table: table.name, key: left.name(of: row)))
                    left.advance()
                case .after:
                    findings.append(.missing(table: table.name, key: right.name(of: other)))
                    right.advance()
                }
            }
        }
        return findings
    }

    private func differences(
        _ table: any TableDescription, _ stored: [ColumnValue], _ replayed: [ColumnValue], key: String
    ) -> [ReplayFinding] {
        zip(table.columns, zip(stored, replayed)).compactMap { column, values in
            guard values.0 != values.1 else { return nil }
            return .differs(
                table: table.name, key: key, column: column.name, stored: values.0.shown, replayed: values.1.shown)
        }
    }
}

/// The replayed database takes every moment from the events.
private struct NoClock: TimeSource {
    var now: Instant { Instant(microseconds: 0) }
}
