import Foundation
import Storage
import SummaTestKit
import Synchronization
import Testing

@Suite("Reading beside the writer")
struct ReadingTests {
    @Test("shows one moment, which it names, however much is written meanwhile")
    func readsSnapshot() throws {
        let test = try TestDatabase([Box.migration])
        try test.write { work in
            work.insert(Box(id: 1, content: 1))
            work.append()
        }
        try test.read { rows throws in
            #expect(rows.asOf == 1)
            try test.write { work in
                var box = try #require(try work.find(Box.self, 1))
                box.content = 2
                work.update(box)
                work.append()
            }
            #expect(rows.asOf == 1)
            #expect(try rows.find(Box.self, 1)?.content == 1)
            #expect(try rows.event(at: 2) == nil)
        }
        #expect(try test.read { ($0.asOf, try $0.find(Box.self, 1)?.content) } == (2, 2))
    }

    @Test("never shows half a batch")
    func neverSeesHalfABatch() async throws {
        let test = try TestDatabase([Box.migration], runsOwnThread: true)
        let database = test.database
        try await database.write(.first) { work in for id in Int64(1)...20 { work.insert(Box(id: id)) } }
        try await withThrowingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<40 { try await database.write(.first) { try Self.addOneToAll(in: &$0) } }
                }
            }
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<100 {
                        let (contents, asOf) = try database.read(.first) { rows in
                            (Set(try rows.select(Box.self, "TRUE").map(\.content)), rows.asOf)
                        }
                        #expect(contents == [asOf])
                        await Task.yield()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try database.read(.first) { $0.asOf } == 320)
    }

    private static func addOneToAll(in work: inout UnitOfWork) throws {
        for id in Int64(1)...20 {
            var box = try #require(try work.find(Box.self, id))
            box.content += 1
            work.update(box)
        }
        work.append()
    }

    @Test("of a book that is not there says so")
    func refusesUnknownBook() throws {
        let test = try TestDatabase([Box.migration])
        #expect(throws: StorageFault.self) { try test.read(BookID(rawValue: 9)) { $0.asOf } }
    }

    @Test("for too long is cut off inside a query, and the connection serves the next reader")
    func cutsOffLongQuery() throws {
        let test = try TestDatabase([Box.migration]) {
            $0.readSpanMax = .milliseconds(50)
            $0.readerCountMax = 1
        }
        let endless = """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n, head WHERE book = ?1
            """
        #expect { try test.read { try $0.query(endless) { _ in } } } throws: { isTooLong($0) }
        #expect(try test.read { $0.asOf } == 0)
    }

    @Test("for too long is cut off between queries, too")
    func cutsOffManyQueries() throws {
        let test = try TestDatabase([Box.migration]) { $0.readSpanMax = .milliseconds(30) }
        #expect {
            try test.read { rows in while true { _ = try rows.find(Box.self, 1) } }
        } throws: { isTooLong($0) }
        #expect {
            try test.read { rows in while true { _ = try rows.event(at: 1) } }
        } throws: { isTooLong($0) }
    }

    private func isTooLong(_ error: any Error) -> Bool {
        guard case StorageFault.readTooLong = error else { return false }
        return true
    }

    @Test("is for so many at a time; the next one waits for a connection")
    func boundsReaders() async throws {
        let test = try TestDatabase([Box.migration], runsOwnThread: true) { $0.readerCountMax = 2 }
        let database = test.database
        let reading = Mutex((now: 0, most: 0, all: 0))
        let isDone = ThreadGate()
        for _ in 0..<8 {
            Thread.detachNewThread {
                _ = try? database.read(.first) { _ in
                    reading.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1), $0.all + 1) }
                    usleep(2_000)
                    if reading.withLock({ counts in
                        counts.now -= 1
                        return counts.all == 8 && counts.now == 0
                    }) {
                        isDone.open()
                    }
                }
            }
        }
        isDone.wait()
        #expect(reading.withLock { $0.most } == 2)
    }

    @Test("inside a read that holds the last connection is refused in the end rather than waited for without one")
    func refusesToWaitForItself() throws {
        let test = try TestDatabase([Box.migration]) {
            $0.readerCountMax = 1
            $0.readSpanMax = .milliseconds(20)
        }
        #expect {
            try test.read { _ in try test.read { $0.asOf } }
        } throws: { error in
            guard case StorageFault.overloaded = error else { return false }
            return true
        }
        #expect(try test.read { $0.asOf } == 0)
    }

    @Test("lets a query be asked again inside itself")
    func nestsQueries() throws {
        let test = try TestDatabase([Box.migration])
        try test.write { work in for id in Int64(1)...3 { work.insert(Box(id: id, shelf: id % 3 + 1)) } }
        let pairs = try test.read { rows throws in
            var pairs: [[Int64]] = []
            let text = "SELECT id FROM box WHERE book = ?1 ORDER BY id"
            try rows.query(text) { outer in
                let first = outer.integer()
                try rows.query(text) { pairs.append([first, $0.integer()]) }
            }
            return pairs
        }
        #expect(pairs == [[1, 1], [1, 2], [1, 3], [2, 1], [2, 2], [2, 3], [3, 1], [3, 2], [3, 3]])
    }

    @Test("does not pile up prepared statements")
    func boundsStatements() throws {
        let test = try TestDatabase([Box.migration])
        try test.read { rows throws in
            for number in 0..<2_000 { try rows.query("SELECT \(number) FROM head WHERE book = ?1") { _ in } }
            #expect(try rows.find(Box.self, 1) == nil)
        }
    }

    @Test("of whole tables goes page by page, each row once and whole")
    func pagesTables() throws {
        let test = try TestDatabase([Box.migration])
        try test.write { work in for id in Int64(1)...10 { work.insert(Box(id: id, label: "l\(id)")) } }
        var ids: [ColumnValue] = []
        var key: [ColumnValue] = []
        while true {
            let page = try test.read { try $0.page(of: Box.table, after: key, limit: 3) }
            guard let last = page.last else { break }
            ids += page.map { $0[0] }
            key = Array(last.prefix(1))
        }
        #expect(ids == (1...10).map { .integer($0) })
    }

    @Test("can name every table, in the order it was declared, with its class")
    func listsTables() throws {
        let test = try TestDatabase([Box.migration, Slip.migration])
        #expect(test.database.tables.map(\.name) == ["box", "slip"])
        #expect(test.database.tables.filter { $0.rowClass == .recorded }.map(\.name) == ["slip"])
    }
}
