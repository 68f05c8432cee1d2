import Storage
import SummaTestKit
import Testing

@Suite("Many callers in one commit")
struct GroupCommitTests {
    @Test("share one transaction and are told in the order they came")
    func sharesOneCommit() throws {
        let test = try TestEngine()
        var order: [Int] = []
        for caller in 0..<500 {
            test.engine.enqueue(.first, body: { $0.append(1) }, completion: { _ in order.append(caller) })
        }
        #expect(test.engine.runBatch() == 500)
        #expect(test.connection.commits == 1)
        #expect(order == Array(0..<500))
        #expect(test.engine.measures.current.batches == 1)
        #expect(test.engine.measures.current.units == 500)
    }

    @Test("are told nothing before the commit")
    func tellsAfterCommit() throws {
        let test = try TestEngine()
        var commitsWhenTold = -1
        test.engine.enqueue(.first, body: { $0.append() }) { _ in commitsWhenTold = test.connection.commits }
        #expect(commitsWhenTold == -1)
        test.engine.runBatch()
        #expect(commitsWhenTold == 1)
    }

    @Test("see what those before them did, and books are kept apart")
    func seesEarlierBodies() throws {
        let second = BookID(rawValue: 2)
        let test = try TestEngine(books: [.first, second])
        let made = test.enqueue { $0.insert(Box(id: 1, content: 5)) }
        let seen = test.enqueue { try $0.find(Box.self, 1)?.content }
        let elsewhere = test.enqueue(second) { try $0.find(Box.self, 1) }
        while test.engine.runBatch() > 0 {}
        try made.get()
        #expect(try seen.get() == 5)
        #expect(try elsewhere.get() == nil)
    }

    @Test("beyond the batch's bound wait for the next one", arguments: [(10, 1), (11, 2)])
    func boundsBatchCount(callers: Int, batches: Int) throws {
        let test = try TestEngine { $0.batchCountMax = 10 }
        let answers = (0..<callers).map { _ in test.enqueue { $0.append() } }
        while test.engine.runBatch() > 0 {}
        #expect(try answers.map { try $0.get() } == Array(1...Int64(callers)))
        #expect(test.connection.commits == batches)
    }

    @Test("beyond the batch's bytes are served by further commits at once, in order")
    func boundsBatchBytes() throws {
        let test = try TestEngine { $0.batchBytesMax = 999 }
        let answers = (0..<10).map { _ in
            test.enqueue { work in work.appendEntry { $0 += Array(repeating: 7, count: 250) } }
        }
        #expect(test.engine.runBatch() == 10)
        #expect(try answers.map { try $0.get() } == Array(1...10))
        // Four entries pass the bound; the fifth comes into the next.
        #expect(test.connection.commits == 3)
    }

    @Test("of which one is larger than a batch may be are all served")
    func servesOversizedBody() throws {
        let test = try TestEngine { $0.batchBytesMax = 10 }
        let answers = (0..<3).map { _ in
            test.enqueue { work in work.appendEntry { $0 += Array(repeating: 7, count: 50) } }
        }
        test.engine.runBatch()
        #expect(try answers.map { try $0.get() } == [1, 2, 3])
        #expect(test.connection.commits == 3)
    }

    @Test("are cut into batches when bodies take long")
    func boundsBatchTime() throws {
        let test = try TestEngine { $0.batchSpanMax = .milliseconds(100) }
        let clock = test.test.clock
        let answers = (0..<256).map { _ in
            test.enqueue { work in
                clock.advance(by: .milliseconds(2))
                return work.append()
            }
        }
        test.engine.runBatch()
        #expect(try answers.map { try $0.get() } == Array(1...256))
        // The clock is looked at every 64 bodies: each look finds 128 ms gone.
        #expect(test.connection.commits > 1)
    }

    @Test("who only look cost no write")
    func readingChangesNothing() throws {
        let test = try TestEngine()
        try test.write { $0.append() }
        let before = try test.test.read { $0.head }
        _ = try test.write { try $0.find(Box.self, 1) }
        #expect(try test.test.read { $0.head } == before)
    }

    @Test("and ask for a book that is not there are told so, and the others are served")
    func refusesUnknownBook() throws {
        let test = try TestEngine()
        let lost = test.enqueue(BookID(rawValue: 99)) { $0.append() }
        let served = test.enqueue { $0.append() }
        while test.engine.runBatch() > 0 {}
        #expect(try served.get() == 1)
        #expect { try lost.get() } throws: { error in
            guard case StorageFault.unknownBook(BookID(rawValue: 99)) = error else { return false }
            return true
        }
    }
}
