import SummaTestKit
import Testing

@testable import Storage

@Suite("Rows on their way into a run", .enabled(if: TestStore.isSQLite, "about SQLite files"))
struct RunStandingTests {
    @Test("are found and hold their values at each step: waiting, set aside, written, named")
    func findsAtEachStep() throws {
        let place = try TemporaryDirectory()
        let directory = try DurableDirectory(place.path)
        let runs = TableRuns<Parcel>(seed: 5)
        func hash(_ label: String) -> UInt64 {
            var hash = runs.hashStart(of: .first)
            label.add(to: &hash)
            return hash.value
        }
        func expectAllFound(_ step: String) throws {
            for id in Int64(1)...9 { #expect(try runs.find(key: 0, hash("label-\(id)")) == [id], "\(step), \(id)") }
            #expect(try runs.find(key: 0, hash("label-10")) == [], "\(step)")
        }
        func add(_ ids: ClosedRange<Int64>) throws {
            let parcels = ids.map { Parcel($0, "label-\($0)") }
            try runs.add(to: .first) { file in parcels.forEach(file) }
        }
        try add(1...6)
        runs.settle()
        let ranges = runs.beginSealing()
        #expect(ranges == [RunRange(book: .first, after: -1, through: 6)])
        try add(7...8)
        runs.settle()
        try add(9...9)
        try expectAllFound("set aside")
        runs.abandon()
        #expect(try runs.find(key: 0, hash("label-9")) == [])
        try add(9...9)
        runs.settle()
        let identity = RunIdentity(number: 1, table: "parcel", seed: 5, ranges: ranges)
        let file = try runs.write(identity, in: directory)
        try expectAllFound("written")
        runs.endSealing(with: file)
        try expectAllFound("named")
        #expect(runs.tailRowCount == 3)
        #expect(runs.beginSealing() == [RunRange(book: .first, after: 6, through: 9)])
    }

    @Test("are found by readers while runs are made on a thread of their own, and had once by writers")
    func racesWithReaders() async throws {
        let test = try TestDatabase([Parcel.migration], runsOwnThread: true) { $0.runs.rowsPerRun = 50 }
        let database = test.database
        for id in Int64(1)...600 {
            try await database.write(.first) { $0.insert(Parcel(id, "label-\(id)", shelf: id % 4)) }
            let known = Int64(1) + id * 7 % id
            #expect(try database.read(.first) { try $0.find(Parcel.byLabel, "label-\(known)")?.id.rawValue } == known)
            await #expect(throws: StorageFault.self) {
                try await database.write(.first) { $0.insert(Parcel(id + 10_000, "label-\(known)")) }
            }
        }
        let page = try database.read(.first) {
            try $0.page(of: Parcel.byShelf, ShelfID(rawValue: 1), through: .max, limit: 1_000)
        }
        #expect(page == stride(from: Int64(597), through: 1, by: -4).map { $0 })
        #expect(test.stops.isEmpty)
    }
}
