import EventLog
import Storage
import SummaTestKit
import Testing

/// What differs between a test's recorded rows and those made of its log alone.
func differencesToReplay(
    of store: TestDatabase, _ migrations: [Migration], _ replayers: [any EventReplayer], book: BookID = .first
) throws -> [ReplayFinding] {
    let directory = try TemporaryDirectory()
    let replay = try LogReplay(migrations: migrations, replayers: replayers, directory: directory.path + "/replayed")
    defer { replay.remove() }
    return try withWholeBook(of: store, book) { try replay.run($0) }
}

/// Looks at a whole book of one moment, for longer than a reader of the running database may.
func withWholeBook<T>(of store: TestDatabase, _ book: BookID = .first, _ look: (Rows) throws -> T) throws -> T {
    let snapshot = try Snapshot(of: store.place)
    return try look(snapshot.rows(of: #require(snapshot.heads.first { $0.book == book })))
}
