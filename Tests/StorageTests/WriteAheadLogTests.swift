import Foundation
import Storage
import SummaTestKit
import Synchronization
import Testing

@Suite("The write-ahead log", .enabled(if: TestStore.isSQLite, "about SQLite files"))
struct WriteAheadLogTests {
    private func size(of test: TestDatabase) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: test.path + "-wal")
        return try #require(attributes[.size] as? Int)
    }

    private func write(slips: Range<Int64>, to test: TestDatabase) throws -> Int {
        var largest = 0
        for number in slips {
            try test.write { work in
                work.insert(Slip(number, String(repeating: "x", count: 9_000)))
                work.append()
            }
            largest = max(largest, try size(of: test))
        }
        return largest
    }

    @Test("is carried over as it grows, and begins anew")
    func staysSmall() throws {
        let test = try TestDatabase([Slip.migration]) { $0.pagesPerCheckpoint = 20 }
        #expect(try write(slips: 0..<300, to: test) < 60 * 8_300)
    }

    @Test("stays bounded while readers follow one another without a gap")
    func staysBoundedBesideReaders() throws {
        let test = try TestDatabase([Slip.migration]) { $0.pagesPerCheckpoint = 20 }
        let database = test.database
        let isDone = Mutex(false)
        let ended = Mutex(0)
        for _ in 0..<2 {
            Thread.detachNewThread {
                while !isDone.withLock({ $0 }) {
                    try? database.read(.first) { rows in
                        _ = try rows.event(at: 1)
                        usleep(2_000)
                    }
                }
                ended.withLock { $0 += 1 }
            }
        }
        let largest = try write(slips: 0..<600, to: test)
        isDone.withLock { $0 = true }
        while ended.withLock({ $0 }) < 2 { usleep(100) }
        // Without waiting for readers it would be beyond 1,800 pages.
        #expect(largest < 400 * 8_300)
    }

    @Test("grows behind a reader that stays, without stopping the writer, and shrinks when it has gone")
    func growsBehindLongReader() throws {
        let test = try TestDatabase([Slip.migration]) { $0.pagesPerCheckpoint = 20 }
        try test.read { rows throws in
            let before = rows.asOf
            #expect(try write(slips: 0..<200, to: test) > 400 * 8_300)
            #expect(rows.asOf == before)
        }
        _ = try write(slips: 200..<260, to: test)
        let frames = try test.read { _ in try size(of: test) }
        #expect(frames > 0)
        try test.reopen()
        #expect(try test.read { $0.asOf } == 260)
        #expect(try test.read { try $0.select(Slip.self, "TRUE").count } == 260)
    }
}
