import Foundation
import SummaTestKit
import Testing

@testable import Storage

@Suite("Opening a directory", .enabled(if: TestStore.isSQLite, "about SQLite files"))
struct OpeningTests {
    private func sentence(_ body: () throws -> Void) throws -> String {
        let error = #expect(throws: StorageFault.self, performing: body)
        return try #require(error).description
    }

    // MARK: Durability

    @Test("sets a write-ahead log and full sync")
    func setsDurability() throws {
        let directory = try TemporaryDirectory()
        let connection = try SQLiteWriter(path: directory.path + "/x.sqlite").rawConnection
        #expect(try connection.integer("PRAGMA synchronous") == 2)
        #expect(try connection.text("PRAGMA journal_mode") == "wal")
        #expect(try connection.integer("PRAGMA wal_autocheckpoint") == 0)
    }

    @Test("refuses a weaker sync by its name", arguments: [("OFF", 0), ("NORMAL", 1)])
    func refusesWeakSync(name: String, number: Int) throws {
        let directory = try TemporaryDirectory()
        let connection = try SQLiteWriter(path: directory.path + "/x.sqlite").rawConnection
        try connection.execute("PRAGMA synchronous = \(name)")
        let sentence = try sentence { try SQLiteDurability.check(connection) }
        #expect(sentence.contains("synchronous is \(number)"))
        try connection.execute("PRAGMA synchronous = EXTRA")
        try SQLiteDurability.check(connection)
    }

    @Test("refuses a journal that is not written ahead by its name")
    func refusesOtherJournal() throws {
        let directory = try TemporaryDirectory()
        let connection = try SQLiteConnection(path: directory.path + "/plain.sqlite", access: .readWrite)
        try connection.execute("PRAGMA synchronous = FULL; CREATE TABLE t (x)")
        #expect(try sentence { try SQLiteDurability.check(connection) }.contains("journal_mode is delete"))
    }

    @Test("refuses a file that cannot have a write-ahead log")
    func refusesMemory() throws {
        #expect(try sentence { _ = try SQLiteWriter(path: ":memory:") }.contains("write-ahead log"))
    }

    @Test("refuses a file that is no database")
    func refusesOtherFile() throws {
        let test = try TestDatabase([])
        let path = test.path
        test.close()
        try FileManager.default.removeItem(atPath: path)
        try Data(repeating: 7, count: 4_096).write(to: URL(fileURLWithPath: path))
        #expect(throws: StorageFault.self) { try test.reopen() }
    }

    // MARK: The lock

    @Test("refuses a directory that is in use, naming the process and the way to talk to it")
    func refusesSecondOpening() throws {
        let test = try TestDatabase([Box.migration])
        let sentence = try sentence {
            _ = try Database(
                .directory(test.directory.path), migrations: [Box.migration], log: ChainedLog(), clock: test.clock,
                writer: 2, stop: { _ in })
        }
        #expect(sentence.contains("process \(getpid())"))
        #expect(sentence.contains("--url"))
        #expect(try test.write { $0.append() } == 1)
    }

    @Test("lets go of the directory when it is closed, and when it is dropped")
    func releasesLock() throws {
        let test = try TestDatabase([Box.migration])
        let first = test.database
        first.close()
        var second: Database? = try Database(
            .directory(test.directory.path), migrations: [Box.migration], log: ChainedLog(), clock: test.clock,
            writer: 2, stop: { _ in })
        #expect(second != nil)
        second = nil
        try test.reopen()
        withExtendedLifetime(first) {}
    }

    @Test("holds the lock for nobody when it failed to open")
    func releasesLockAfterFailure() throws {
        let test = try TestDatabase([Box.migration])
        test.close()
        #expect(throws: StorageFault.self) {
            _ = try Database(
                .directory(test.directory.path), migrations: [], log: ChainedLog(), clock: test.clock, writer: 2,
                stop: { _ in })
        }
        try test.reopen()
    }

    @Test("says which directory cannot be made")
    func namesMissingDirectory() throws {
        let directory = try TemporaryDirectory()
        let sentence = try sentence {
            _ = try Database(
                .directory(directory.path + "/a/b"), migrations: [], log: ChainedLog(), clock: ManualClock(), writer: 1,
                stop: { _ in })
        }
        #expect(sentence.contains("/a/b"))
    }
}
