import Glibc
import Storage
import SummaTestKit
import Testing

@Suite("Bodies that run while the batch before theirs is being committed")
struct AheadTests {
    /// One body a batch; each commit is put off until the bodies of the next batch have run.
    private func engine(_ configure: (inout Engine.Limits) -> Void = { _ in }) throws -> TestEngine {
        try TestEngine(runsAhead: true) {
            $0.batchCountMax = 1
            $0.aheadPauseCount = 0
            configure(&$0)
        }
    }

    private func runAll(_ test: TestEngine) {
        while test.engine.runBatch() > 0 {}
    }

    @Test("see what it did, though no snapshot shows it: by key, by unique key, by group, and what it took away")
    func seesWhatIsBeingCommitted() throws {
        let test = try engine()
        try test.store(Box(id: 1, label: "gone", shelf: 1), isCached: false)
        try test.store(Box(id: 2, label: "changed", shelf: 1), isCached: false)
        let changing = test.enqueue { work in
            work.insert(Box(id: 3, label: "new", shelf: 1))
            if try work.find(Box.self, 1) != nil { work.delete(Box.self, 1) }
            if var box = try work.find(Box.self, 2) {
                box.content = 7
                work.update(box)
            }
            work.append()
        }
        let commits = test.connection.commits
        let looking = test.enqueue { (work: inout UnitOfWork) throws -> Int64 in
            #expect(test.connection.commits == commits, "the batch before is not committed yet")
            let deleted = (try work.find(Box.self, 1), try work.find(Box.byLabel, "gone"))
            #expect(deleted == (nil, nil))
            let inserted = try work.find(Box.byLabel, "new")
            #expect(inserted?.id == 3)
            let updated = try work.find(Box.self, 2)
            #expect(updated?.content == 7)
            let shelf = try work.group(Box.byShelf, 1)
            #expect(shelf.map(\.id) == [2, 3])
            return work.append()
        }
        runAll(test)
        try changing.get()
        #expect(try looking.get() == 2)
        #expect(test.engine.measures.current.overtakings == 0)
    }

    @Test("may make anew what it took away, and take it away again")
    func makesAnew() throws {
        let test = try engine()
        try test.store(Box(id: 1, label: "a"), isCached: false)
        let answers = [
            test.enqueue { work in
                _ = try work.find(Box.self, 1)
                work.delete(Box.self, 1)
            },
            test.enqueue { work in
                work.insert(Box(id: 1, label: "b", content: 1))
                work.delete(Box.self, 1)
                let deleted = try work.find(Box.self, 1)
                #expect(deleted == nil)
                work.insert(Box(id: 1, label: "c", content: 2))
            },
            test.enqueue { work in
                let found = try work.find(Box.byLabel, "c")
                #expect(found?.content == 2)
            },
        ]
        runAll(test)
        for answer in answers { try answer.get() }
        #expect(try test.test.read { try $0.select(Box.self, "TRUE") } == [Box(id: 1, label: "c", content: 2)])
    }

    @Test("cannot take a unique value of a row that is being committed")
    func refusesTaken() throws {
        let test = try engine()
        let first = test.enqueue { $0.insert(Box(id: 1, label: "a")) }
        let second = test.enqueue { $0.insert(Box(id: 2, label: "a")) }
        runAll(test)
        try first.get()
        #expect(throws: StorageFault.self) { try second.get() }
        #expect(try test.test.read { try $0.select(Box.self, "TRUE").map(\.id) } == [1])
    }

    @Test(
        "cannot take a value that stands in runs of a row that is being committed",
        .enabled(if: TestStore.isSQLite, "about SQLite files"))
    func refusesTakenInRuns() throws {
        let test = try TestDatabase([Parcel.migration]) {
            $0.defersCommits = true
            $0.limits.batchCountMax = 1
            $0.limits.aheadCountMin = 1
        }
        var outcomes: [Result<Void, any Error>] = []
        for id in Int64(1)...3 {
            test.database.enqueue(.first, body: { $0.insert(Parcel(id, id == 3 ? "b" : "a")) }) { outcomes.append($0) }
        }
        while test.database.runBatch() > 0 {}
        #expect(outcomes.map { (try? $0.get()) != nil } == [true, false, true])
        #expect(try test.read { try $0.select(Parcel.self, "TRUE").map(\.label) } == ["a", "b"])
    }

    @Test("run again when it fails, after those of it that do not", arguments: [false, true])
    func runsAgain(isLost: Bool) throws {
        let test = try engine()
        var order: [String] = []
        test.connection.faultBeforeCommit = isLost ? .connectionLost("in a test") : .sqlite(code: 5, message: "busy")
        let first = test.enqueue { work in
            order.append("first")
            work.insert(Box(id: 1))
            return work.append()
        }
        let second = test.enqueue { work in
            order.append("second")
            let sees = try work.find(Box.self, 1) != nil
            _ = work.append()
            return sees
        }
        runAll(test)
        if isLost {
            #expect(try first.get() == 1)
            #expect(order == ["first", "second", "first", "second"])
        } else {
            #expect(throws: StorageFault.self) { try first.get() }
            #expect(order == ["first", "second", "second"])
        }
        #expect(try second.get() == isLost, "a row that was not committed is not there")
        #expect(try test.test.read { try $0.select(Box.self, "TRUE").count } == (isLost ? 1 : 0))
        #expect(test.stops.isEmpty)
    }

    @Test("are refused when nobody knows whether it is durable, and nothing of theirs is written")
    func refusedWhenStopped() throws {
        let test = try engine()
        test.connection.faultAfterCommit = .notDurable("fsync")
        let first = test.enqueue { $0.append() }
        let second = test.enqueue { $0.append() }
        runAll(test)
        #expect {
            try first.get()
        } throws: { error in
            guard case StorageFault.notDurable = error else { return false }
            return true
        }
        #expect { try second.get() } throws: { isStopped($0) }
        #expect(test.stops.count == 1)
        #expect(try test.test.read { $0.asOf } == 1)
    }

    @Test("are refused when what follows its commit stops the engine: it was committed, and they are not")
    func refusedWhenTidyingFails() throws {
        let test = try engine()
        test.connection.faultOfTidying = .damaged("fsync of the database")
        let first = test.enqueue { $0.append() }
        let second = test.enqueue { $0.append() }
        runAll(test)
        #expect(try first.get() == 1)
        #expect { try second.get() } throws: { isStopped($0) }
        #expect(test.stops.count == 1)
        #expect(try test.test.read { $0.asOf } == 1)
    }

    @Test("go on when a statement of it was refused: it fails by itself, and nothing of it is seen")
    func goOnAfterRefusal() throws {
        let test = try engine()
        // Past the engine's memory: only the database refuses it.
        let refused = test.enqueue { work in
            work.insert(Box(id: 1, content: -1))
            work.append()
        }
        let second = test.enqueue { work in
            let isThere = try work.find(Box.self, 1) != nil
            _ = work.append()
            return isThere
        }
        runAll(test)
        #expect(throws: StorageFault.self) { try refused.get() }
        #expect(try second.get() == false)
        #expect(try test.test.read { $0.asOf } == 1)
        #expect(test.stops.isEmpty)
    }

    @Test(
        "go on when the answer to its commit was lost, and whether it happened was found out",
        arguments: [false, true],
        [false, true])
    func goOnAfterLostAnswer(happened: Bool, appends: Bool) throws {
        let test = try engine()
        if happened {
            test.connection.faultAfterCommit = .outcomeUnknown("in a test")
        } else {
            test.connection.faultBeforeCommit = .outcomeUnknown("in a test")
        }
        let first = test.enqueue { work in
            work.insert(Box(id: 1, label: "a"))
            if appends { work.append() }
        }
        let second = test.enqueue { try $0.find(Box.byLabel, "a")?.id }
        runAll(test)
        if happened || TestStore.isPostgres {
            try first.get()
            #expect(try second.get() == 1)
        } else {
            #expect(throws: StorageFault.self) { try first.get() }
            #expect(try second.get() == nil)
        }
        let count = try test.test.read { try $0.select(Box.self, "TRUE").count }
        #expect(Int64(count) == (try second.get() ?? 0))
    }

    @Test("run with their books locked while no snapshot can be read")
    func locksWithoutSnapshots() throws {
        let test = try TestEngine(runsAhead: true, readsAhead: false) {
            $0.batchCountMax = 1
            $0.aheadPauseCount = 0
        }
        try test.store(Box(id: 1, content: 5), isCached: false)
        let answers = [
            test.enqueue { try $0.find(Box.self, 2)?.id }, test.enqueue { try $0.find(Box.self, 1)?.content },
        ]
        runAll(test)
        #expect(try answers.map { try $0.get() } == [nil, 5])
        #expect(test.engine.measures.current.overtakings == 1)
    }

    @Test("run again when another process has written to the book, and see what that did", arguments: [false, true])
    func overtaken(looksUp: Bool) throws {
        let test = try engine()
        try test.store(Box(id: 1), isCached: true)
        let other = try test.test.anotherEngine(tables: [Box.table, Slip.table])
        var runs = 0
        var answers = [test.enqueue { $0.append() }, test.enqueue { $0.append() }]
        answers.append(
            test.enqueue { work in
                runs += 1
                // By now the second batch is under way, and has locked nothing yet.
                if runs == 1 {
                    other.enqueue(
                        .first,
                        body: {
                            $0.insert(Box(id: 2)); $0.append()
                        }
                    ) { _ in }
                    other.runBatch()
                }
                if looksUp {
                    let isSeen = try work.find(Box.self, 2) != nil
                    #expect(isSeen == (runs > 1))
                }
                return work.append()
            })
        runAll(test)
        #expect(try answers.map { try $0.get() } == [1, 3, 4])
        #expect(runs >= 2)
        #expect(test.engine.measures.current.overtakings >= 1)
        #expect(try test.test.read { $0.asOf } == 4)
        #expect(test.stops.isEmpty)
    }

    @Test("lose nothing and repeat nothing when tasks write without end, on threads", arguments: [64 << 20, 64 << 10])
    func onThreads(cacheBytesMax: Int) async throws {
        let books = [BookID(rawValue: 1), BookID(rawValue: 2)]
        let test = try TestDatabase([Box.migration], books: books, runsOwnThread: true) {
            $0.limits.aheadCountMin = 1
            $0.limits.cacheBytesMax = cacheBytesMax
            // Slow enough that bodies nearly always get ahead of them.
            $0.wrapping = { real in
                let connection = WatchedConnection(real)
                connection.beforeCommit = { usleep(1_000) }
                return connection
            }
        }
        let database = test.database
        for book in books { try await database.write(book) { $0.insert(Box(id: 0)) } }
        let sequences = try await withThrowingTaskGroup(of: [Int64].self) { group in
            for task in Int64(1)...48 {
                group.addTask {
                    var sequences: [Int64] = []
                    for round in Int64(0)..<20 {
                        let sequence = try await database.write(books[Int(task % 2)]) { work in
                            var counter = try #require(try work.find(Box.self, 0))
                            counter.content += 1
                            work.update(counter)
                            let id = task * 100 + round
                            work.insert(Box(id: id, label: "l\(id)", shelf: task))
                            if round > 0 {
                                let before = try work.find(Box.byLabel, "l\(id - 1)")
                                #expect(before?.id == id - 1)
                                work.delete(Box.self, id - 1)
                            }
                            let shelf = try work.group(Box.byShelf, task)
                            #expect(shelf.map(\.id) == [id])
                            return work.append()
                        }
                        sequences.append(sequence)
                    }
                    return sequences
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(sequences.sorted() == (1...480).flatMap { [Int64($0), Int64($0)] })
        for book in books {
            #expect(try test.read(book) { try $0.find(Box.self, 0)?.content } == 480)
            #expect(try test.read(book) { try $0.select(Box.self, "TRUE").count } == 25)
        }
        #expect(test.stops.isEmpty)
    }
}
