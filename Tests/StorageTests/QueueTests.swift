import Storage
import SummaTestKit
import Testing

@Suite("A full queue")
struct QueueTests {
    private func isOverloaded(_ error: any Error) -> Bool {
        guard case StorageFault.overloaded = error else { return false }
        return true
    }

    @Test("refuses one caller more than it holds, at once")
    func boundsCount() throws {
        let test = try TestEngine { $0.queueCountMax = 3 }
        let answers = (0..<3).map { _ in test.enqueue { $0.append() } }
        let refused = test.enqueue { $0.append() }
        #expect { try refused.get() } throws: { isOverloaded($0) }
        #expect(answers.allSatisfy { $0.results.isEmpty })
        test.engine.runBatch()
        #expect(try answers.map { try $0.get() } == [1, 2, 3])
        #expect(try test.write { $0.append() } == 4)
        #expect(test.engine.measures.current.refusals == 1)
    }

    @Test("refuses one byte more than it holds, at once")
    func boundsBytes() throws {
        let test = try TestEngine { $0.queueBytesMax = 100 }
        let first = test.enqueue(bytes: 60) { $0.append() }
        let second = test.enqueue(bytes: 40) { $0.append() }
        let refused = test.enqueue(bytes: 1) { $0.append() }
        #expect { try refused.get() } throws: { isOverloaded($0) }
        test.engine.runBatch()
        #expect(try [first.get(), second.get()] == [1, 2])
        let huge = test.enqueue(bytes: .max) { $0.append() }
        #expect { try huge.get() } throws: { isOverloaded($0) }
        let fitting = test.enqueue(bytes: 100) { $0.append() }
        test.engine.runBatch()
        #expect(try fitting.get() == 3)
    }

    @Test("that is closed serves who waits and refuses who comes")
    func servesAfterClosing() throws {
        let test = try TestEngine()
        let waiting = test.enqueue { $0.append() }
        test.engine.close()
        let late = test.enqueue { $0.append() }
        test.engine.runBatch()
        #expect(try waiting.get() == 1)
        #expect { try late.get() } throws: { error in
            guard case StorageFault.stopped = error else { return false }
            return true
        }
    }
}
