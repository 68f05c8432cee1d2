import Glibc
import Storage
import SummaTestKit
import Testing

@Suite("A full disk", .enabled(if: TestStore.isSQLite, "about SQLite files"))
struct DiskFullTests {
    private func isDiskFull(_ error: any Error) -> Bool {
        guard case StorageFault.diskFull = error else { return false }
        return true
    }

    private func write(slip number: Int64, in work: inout UnitOfWork) {
        work.insert(Slip(number, String(repeating: "x", count: 9_000)))
        work.append()
    }

    @Test("refuses writes and goes on serving reads, and writes again when there is room")
    func refusesWritesForAWhile() throws {
        let test = try TestEngine()
        try test.write { write(slip: 1, in: &$0) }
        let file = try #require(test.connection.file)
        let pages = try file.integer("PRAGMA page_count")
        _ = try file.integer("PRAGMA max_page_count = \(pages + 1)")
        let answers = (2...9).map { number in test.enqueue { write(slip: number, in: &$0) } }
        test.engine.runBatch()
        for answer in answers { #expect { try answer.get() } throws: { isDiskFull($0) } }
        #expect(test.stops.isEmpty)
        #expect(try test.test.read { try $0.select(Slip.self, "TRUE").count } == 1)

        _ = try file.integer("PRAGMA max_page_count = 1000000")
        try test.write { write(slip: 2, in: &$0) }
        #expect(try test.test.read { try $0.select(Slip.self, "TRUE").count } == 2)
        #expect(try test.test.read { $0.asOf } == 2)
    }

    @Test(
        "found only at the commit refuses writes, too, and nothing of them remains",
        .enabled(if: SmallFileSystem.isPossible, "only root may mount a small file system"))
    func refusesWritesAtCommit() throws {
        let disk = try SmallFileSystem(megabytes: 4)
        let database = try Database(
            .directory(disk.path + "/data"), migrations: [Box.migration, Slip.migration], log: ChainedLog(),
            clock: ManualClock(), writer: 1, configuration: stepped, stop: { Issue.record($0) })
        database.enqueueCreation(of: .first, named: "main") { _ in }
        database.runBatch()
        var written: Int64 = 0
        var fault: (any Error)?
        while fault == nil, written < 1_000 {
            let number = written + 1
            database.enqueue(.first, body: { write(slip: number, in: &$0) }) { result in
                switch result {
                case .success: written += 1
                case .failure(let error): fault = error
                }
            }
            database.runBatch()
        }
        #expect(try isDiskFull(#require(fault)))
        #expect(written > 10)
        #expect(try database.read(.first) { $0.asOf } == written)
        #expect(try database.read(.first) { try $0.select(Slip.self, "TRUE").count } == Int(written))

        try disk.grow(toMegabytes: 64)
        let answers = Results()
        let number = written + 1
        database.enqueue(.first, body: { write(slip: number, in: &$0) }) { answers.add($0) }
        database.runBatch()
        #expect(answers.count == 1 && answers.failures == 0)
        #expect(try database.read(.first) { $0.asOf } == written + 1)
    }

    private var stepped: Database.Configuration {
        var configuration = Database.Configuration()
        configuration.runsOwnThread = false
        return configuration
    }
}

/// A file system in memory of a few megabytes, taken down with the value.
private final class SmallFileSystem {
    let path: String
    private let directory: TemporaryDirectory

    /// Whether this process may mount one: root in a container often may not.
    static let isPossible: Bool = {
        guard let probe = try? SmallFileSystem(megabytes: 1) else { return false }
        return access(probe.path, W_OK) == 0
    }()

    struct NotMounted: Error {}

    init(megabytes: Int) throws {
        directory = try TemporaryDirectory()
        path = directory.path
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(megabytes)m") == 0 else { throw NotMounted() }
    }

    func grow(toMegabytes megabytes: Int) throws {
        guard mount("tmpfs", path, "tmpfs", UInt(MS_REMOUNT), "size=\(megabytes)m") == 0 else {
            throw NotMounted()
        }
    }

    deinit {
        umount2(path, Int32(MNT_DETACH))
    }
}
