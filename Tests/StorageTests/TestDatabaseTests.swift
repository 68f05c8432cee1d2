import Glibc
import Storage
import SummaTestKit
import Testing

@Suite("A test's own database")
struct TestDatabaseTests {
    @Test("keeps what was written when it is opened again")
    func keepsRows() throws {
        let test = try TestDatabase([Box.migration])
        try test.write { work in
            work.insert(Box(id: 1, label: "a"))
            work.appendEntry { $0 += Array("made".utf8) }
        }
        try test.reopen()
        #expect(try test.read { try $0.find(Box.self, 1) } == Box(id: 1, label: "a"))
        #expect(try test.read { $0.asOf } == 1)
    }

    @Test("lets tasks wait when it has a thread of its own")
    func servesTasks() async throws {
        let test = try TestDatabase([Box.migration], runsOwnThread: true)
        let database = test.database
        let sequence = try await database.write(.first) { work in work.appendEntry { $0.append(1) } }
        #expect(sequence == 1)
    }

    @Test("leaves no directory behind")
    func removesItsDirectory() throws {
        var test: TestDatabase? = try TestDatabase([Box.migration])
        let path = try #require(test?.directory.path)
        #expect(access(path, F_OK) == 0)
        test = nil
        #expect(access(path, F_OK) == -1)
    }
}
