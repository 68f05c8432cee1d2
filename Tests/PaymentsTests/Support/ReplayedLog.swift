import EventLog
import Storage
import SummaTestKit

/// What differs between a test's recorded rows and those made of its log alone.
func differencesToReplay(
    of store: TestDatabase, _ migrations: [Migration], _ replayers: [any EventReplayer], book: BookID = .first
) throws -> [ReplayFinding] {
    let directory = try TemporaryDirectory()
    let replay = try LogReplay(migrations: migrations, replayers: replayers, directory: directory.path + "/replayed")
    defer { replay.remove() }
    return try store.read(book) { try replay.run($0) }
}
