import Storage
import SummaTestKit
import Synchronization
import Testing

@Suite("Many tasks writing at once")
struct ConcurrencyTests {
    @Test("get sequences without a gap or a repeat")
    func numbersWithoutGap() async throws {
        let test = try TestDatabase([Box.migration], runsOwnThread: true)
        let database = test.database
        let sequences = try await withThrowingTaskGroup(of: [Int64].self) { group in
            for _ in 0..<64 {
                group.addTask {
                    var sequences: [Int64] = []
                    for _ in 0..<20 { sequences.append(try await database.write(.first) { $0.append() }) }
                    return sequences
                }
            }
            var all: [Int64] = []
            for try await sequences in group {
                #expect(sequences == sequences.sorted())
                all += sequences
            }
            return all
        }
        #expect(sequences.sorted() == Array(1...1_280))
        #expect(try test.read { $0.asOf } == 1_280)
        #expect(database.counts.batches < 1_280)
    }

    @Test("lose no update of one row")
    func losesNoUpdate() async throws {
        let test = try TestDatabase([Box.migration], missRounds: 2, runsOwnThread: true) {
            $0.limits.cacheBytesMax = 1
        }
        let database = test.database
        try await database.write(.first) { $0.insert(Box(id: 1)) }
        try await withThrowingTaskGroup { group in
            for _ in 0..<32 {
                group.addTask {
                    for _ in 0..<10 {
                        try await database.write(.first) { work in
                            var box = try #require(try work.find(Box.self, 1))
                            box.content += 1
                            work.update(box)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try test.read { try $0.find(Box.self, 1)?.content } == 320)
    }

    @Test("and being cancelled get the truth: the commit happens")
    func commitsForCancelledCaller() async throws {
        let test = try TestDatabase([Box.migration], runsOwnThread: true)
        let database = test.database
        let isRunning = ThreadGate()
        let mayEnd = ThreadGate()
        let caller = Task {
            try await database.write(.first) { work in
                isRunning.open()
                mayEnd.wait()
                return work.append()
            }
        }
        await Task.detached { isRunning.wait() }.value
        caller.cancel()
        mayEnd.open()
        #expect(try await caller.value == 1)
        let cancelledBefore = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await database.write(.first) { $0.append() }
        }
        #expect(try await cancelledBefore.value == 2)
    }

    @Test("are all answered when the database is closed in the midst: served, or refused, never forgotten")
    func answersAllAtTheEnd() async throws {
        for round in 0..<20 {
            let test = try TestDatabase([Box.migration], runsOwnThread: true)
            let database = test.database
            let (served, refused) = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<64 {
                    group.addTask { (try? await database.write(.first) { $0.append() }) != nil }
                }
                if round % 2 == 0 { await Task.yield() }
                database.close()
                var counts = (served: 0, refused: 0)
                for await wasServed in group { if wasServed { counts.served += 1 } else { counts.refused += 1 } }
                return counts
            }
            #expect(served + refused == 64)
            try test.reopen()
            #expect(try test.read { $0.asOf } == Int64(served))
        }
    }
}
