import Storage
import SummaTestKit
import Testing

@Suite("When the world fails under the engine")
struct FailingWorldTests {
    @Test(
        "a commit that may not be durable stops it: its callers get the fault, who waits is refused, nothing is written"
    )
    func stopsOnFailedCommit() throws {
        let test = try TestEngine { $0.batchCountMax = 2 }
        test.connection.faultAfterCommit = .notDurable("fsync: input/output error")
        let inDoubt = (0..<2).map { _ in test.enqueue { $0.append() } }
        let waiting = (0..<3).map { _ in test.enqueue { $0.append() } }
        while test.engine.runBatch() > 0 {}
        for answer in inDoubt {
            #expect { try answer.get() } throws: { error in
                guard case StorageFault.notDurable = error else { return false }
                return true
            }
        }
        for answer in waiting { #expect { try answer.get() } throws: { isStopped($0) } }
        let late = test.enqueue { $0.append() }
        #expect { try late.get() } throws: { isStopped($0) }
        #expect(test.stops.count == 1)
        #expect(test.connection.commits == 1)
        // What the commit had really done is found by the next start.
        #expect(try test.test.read { $0.asOf } == 2)
    }

    @Test(
        "any sign that what is stored cannot be believed stops it",
        arguments: [StorageFault.damaged("disk image is malformed"), .disagrees("tree")])
    func stopsOnDamage(fault: StorageFault) throws {
        let test = try TestEngine()
        test.connection.faultOfLocking = fault
        let answers = (0..<2).map { _ in test.enqueue { $0.append() } }
        test.engine.runBatch()
        for answer in answers { #expect(throws: StorageFault.self) { try answer.get() } }
        #expect(test.stops.count == 1)
        #expect(test.connection.commits == 0)
    }

    @Test("a checkpoint that fails stops it after the callers have their answers")
    func stopsOnFailedCheckpoint() throws {
        let test = try TestEngine()
        test.connection.faultOfTidying = .damaged("fsync of the database")
        #expect(try test.write { $0.append() } == 1)
        #expect(test.stops.count == 1)
        #expect { try test.write { $0.append() } } throws: { isStopped($0) }
    }

    @Test("a log extension that finds the tree in disorder stops it, and nothing of the batch remains")
    func stopsOnBrokenTree() throws {
        struct BrokenLog: LogExtension {
            struct Disorder: Error {}
            func extend(_: inout [UInt8], by: LogEntries, firstSequence: Int64) throws -> [LogTile] { throw Disorder() }
        }
        let test = try TestEngine(log: BrokenLog())
        #expect {
            try test.write { work in
                work.insert(Box(id: 1))
                work.append()
            }
        } throws: { error in
            guard case StorageFault.disagrees = error else { return false }
            return true
        }
        #expect(test.stops.count == 1)
        #expect(try test.test.read { try $0.find(Box.self, 1) } == nil)
    }

    @Test("a fault of the moment fails that batch only")
    func survivesFaultOfTheMoment() throws {
        let test = try TestEngine()
        try test.write { $0.insert(Box(id: 1, label: "a")) }
        test.connection.faultBeforeCommit = .sqlite(code: 5, message: "database is locked")
        let failed = test.enqueue { work in
            work.insert(Box(id: 2, label: "b"))
            work.append()
        }
        test.engine.runBatch()
        #expect(throws: StorageFault.self) { try failed.get() }
        #expect(test.stops.isEmpty)
        // Memory went back to what the database has.
        let found = try test.write { work in
            (try work.find(Box.self, 2), try work.find(Box.byLabel, "a")?.id, work.append())
        }
        #expect(found == (nil, 1, 1))
    }

    @Test("a book is not made on what cannot be believed either")
    func refusesCreationWhenStopped() throws {
        let test = try TestEngine()
        test.connection.faultBeforeCommit = .notDurable("fsync")
        let results = Results()
        for book: Int64 in [5, 6] {
            test.engine.enqueueCreation(of: BookID(rawValue: book), named: "n\(book)") { results.add($0) }
        }
        test.engine.runBatch()
        #expect(results.failures == 2)
        #expect(test.stops.count == 1)
    }

    @Test("a name that is taken fails that book only")
    func refusesTakenName() throws {
        let test = try TestEngine()
        let results = Results()
        test.engine.enqueueCreation(of: BookID(rawValue: 5), named: "book-1") { results.add($0) }
        test.engine.enqueueCreation(of: BookID(rawValue: 6), named: "other") { results.add($0) }
        test.engine.runBatch()
        #expect(results.failures == 1)
        #expect(test.stops.isEmpty)
        #expect(try test.write(BookID(rawValue: 6)) { $0.append() } == 1)
    }
}
