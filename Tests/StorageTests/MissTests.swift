import Storage
import SummaTestKit
import Testing

@Suite("A row that is not in memory")
struct MissTests {
    private func engine(missRounds: Int) throws -> TestEngine {
        let test = try TestEngine { $0.missRounds = missRounds }
        // By another connection, so that the engine has to load them.
        try test.test.write { work in
            for id in Int64(1)...20 { work.insert(Box(id: id, label: "box \(id)", shelf: id % 2, content: id)) }
        }
        return test
    }

    @Test("ends the run, is loaded, and found by the run after it", arguments: [(0, 1), (1, 2), (3, 2)])
    func runsAgain(missRounds: Int, runs: Int) throws {
        let test = try engine(missRounds: missRounds)
        var count = 0
        let content = try test.write { work in
            count += 1
            return try work.find(Box.self, 3)?.content
        }
        #expect(content == 3)
        #expect(count == runs)
    }

    @Test("is read in place after so many rounds", arguments: [(0, 1), (1, 2), (3, 4)])
    func readsInPlaceAtLast(missRounds: Int, runs: Int) throws {
        let test = try engine(missRounds: missRounds)
        var count = 0
        let sum = try test.write { work in
            count += 1
            return try (1...5).reduce(into: Int64(0)) { $0 += try work.find(Box.self, $1)?.content ?? 0 }
        }
        #expect(sum == 15)
        #expect(count == runs)
    }

    @Test("is loaded in one query with what the other callers missed")
    func loadsTogether() throws {
        let test = try engine(missRounds: 3)
        let answers = (1...20).map { id in test.enqueue { try $0.find(Box.self, Int64(id))?.content } }
        test.engine.runBatch()
        #expect(try answers.map { try $0.get() } == (1...20).map { Int64($0) })
        #expect(test.connection.statementsOfLoading == 1)
        #expect(test.connection.loadedKeys == 20)
    }

    @Test("costs no second run when it was expected", arguments: ["row", "label", "shelf"])
    func loadsExpected(by way: String) throws {
        let test = try engine(missRounds: 3)
        let expected: ExpectedKey =
            switch way {
            case "row": .row(Box.self, 3);
            case "label": .row(Box.byLabel, "box 3");
            default: .group(Box.byShelf, 1)
            }
        var count = 0
        let answer = test.enqueue(expecting: [expected]) { work in
            count += 1
            switch way {
            case "row": return try work.find(Box.self, 3) != nil
            case "label": return try work.find(Box.byLabel, "box 3") != nil
            default: return try work.group(Box.byShelf, 1).count == 10
            }
        }
        test.engine.runBatch()
        #expect(try answer.get())
        #expect(count == 1)
    }

    @Test("is loaded before the first run with what others expect, on SQLite too", arguments: [0, 3])
    func loadsAllExpected(missRounds: Int) throws {
        let test = try engine(missRounds: missRounds)
        var count = 0
        let answers = (Int64(1)...20).reversed().map { id in
            test.enqueue(expecting: [.row(Box.byLabel, "box \(id)")]) { work in
                count += 1
                return try work.find(Box.byLabel, "box \(id)")?.content
            }
        }
        test.engine.runBatch()
        #expect(try answers.map { try $0.get() } == (1...20).reversed().map { Int64($0) })
        #expect(count == 20)
        #expect(test.connection.statementsOfLoading == 1)
        #expect(test.connection.loadedKeys == 20)
    }

    @Test("is not loaded again though it is expected, once it is in memory")
    func keepsExpected() throws {
        let test = try engine(missRounds: 0)
        for _ in 0..<2 {
            let answer = test.enqueue(expecting: [.row(Box.self, 3)]) { try $0.find(Box.self, 3)?.content }
            test.engine.runBatch()
            #expect(try answer.get() == 3)
        }
        #expect(test.connection.loadedKeys == 1)
    }

    @Test("discards the run also when the body swallows it", arguments: [1, 3])
    func discardsSwallowedMiss(missRounds: Int) throws {
        let test = try engine(missRounds: missRounds)
        let content = try test.write { work in
            let content = (try? work.find(Box.self, 3))??.content
            work.append(content == nil ? 0 : 1)
            return content
        }
        #expect(content == 3)
        #expect(try test.test.read { try $0.event(at: 1) } == [1])
        #expect(try test.test.read { $0.asOf } == 1)
    }

    @Test("discards the run also through an attempt")
    func discardsMissInAttempt() throws {
        let test = try engine(missRounds: 1)
        let wasRejected = try test.write { work in
            do {
                try work.attempt { work in _ = try work.find(Box.self, 3) }
                return false
            } catch { return true }
        }
        #expect(!wasRejected)
    }

    @Test("that is not in the database either is asked for once in a batch", arguments: [0, 1])
    func remembersAbsence(missRounds: Int) throws {
        let test = try engine(missRounds: missRounds)
        let answers = (0..<50).map { _ in
            test.enqueue { work in
                let byKey = try work.find(Box.self, 999)
                let byLabel = try work.find(Box.byLabel, "nobody")
                return byKey == nil && byLabel == nil
            }
        }
        test.engine.runBatch()
        #expect(try answers.allSatisfy { try $0.get() })
        #expect(test.connection.loadedKeys == 2)
    }

    @Test("lets bodies that missed run after the others, among themselves in the order they came")
    func keepsArrivalOrder() throws {
        let test = try engine(missRounds: 1)
        var order: [Int] = []
        for caller in 0..<6 {
            test.engine.enqueue(.first) { work in
                if caller % 2 == 0 { _ = try work.find(Box.self, Int64(caller + 1)) }
            } completion: { _ in
                order.append(caller)
            }
        }
        test.engine.runBatch()
        #expect(order == [1, 3, 5, 0, 2, 4])
    }

    @Test("leaves nothing of the discarded run behind")
    func dropsDiscardedRun() throws {
        let test = try engine(missRounds: 3)
        let numbers = try test.write { work in
            work.insert(Box(id: 100, label: "new", shelf: 9))
            let number: BoxNumber = work.newIdentifier()
            let sequence = work.append()
            _ = try work.find(Box.self, 1)
            _ = try work.find(Box.self, 2)
            return (number, sequence, try work.group(Box.byShelf, 9).count)
        }
        #expect(numbers.1 == 1)
        #expect(numbers.2 == 1)
        #expect(numbers.0.rawValue == ManualClock.morning.microseconds << 11)
    }

    @Test("shows every run of a body the same moment")
    func keepsNow() throws {
        let test = try engine(missRounds: 3)
        var moments: Set<Instant> = []
        try test.write { work in
            moments.insert(work.now)
            test.test.clock.advance(by: .seconds(1))
            for id in 1...3 { _ = try work.find(Box.self, Int64(id)) }
        }
        #expect(moments == [ManualClock.morning])
    }

    @Test("stays in memory for the batches that follow, and so does a whole group")
    func staysInMemory() throws {
        let test = try engine(missRounds: 0)
        try test.write { work throws in
            _ = try work.find(Box.byLabel, "box 4")
            _ = try work.group(Box.byShelf, 1)
        }
        let loaded = test.connection.loadedKeys
        try test.write { work throws in
            #expect(try work.find(Box.self, 4)?.label == "box 4")
            #expect(try work.find(Box.byLabel, "box 4")?.id == 4)
            #expect(try work.group(Box.byShelf, 1).map(\.id) == Array(stride(from: 1, through: 19, by: 2)))
        }
        #expect(test.connection.loadedKeys == loaded)
    }
}
