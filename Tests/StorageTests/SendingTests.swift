import Storage
import SummaTestKit
import Testing

@Suite("Rows that are sent while bodies still run")
struct SendingTests {
    private struct Refusal: Error {}

    @Test(
        "are there once each, and none of those whose body refused", arguments: [1, 2, 3, 7, 200],
        SeededGenerator.seeds(3))
    func once(bodiesPerSending: Int, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let test = try TestEngine { $0.bodiesPerSending = bodiesPerSending }
        var expected: [Int64] = []
        for batch in 0..<Int64(3) {
            var answers: [Answer<Void>] = []
            let numbers = (batch * 20)..<(batch * 20 + Int64.random(in: 1...20, using: &random))
            for number in numbers {
                let refuses = Int.random(in: 0..<4, using: &random) == 0
                let answer = test.enqueue { work in
                    // Found first, so that some bodies miss and run again while others' rows are on their way.
                    _ = try work.find(Slip.self, number)
                    work.insert(Slip(number))
                    work.append()
                    if refuses { throw Refusal() }
                }
                answers.append(answer)
                if !refuses { expected.append(number) }
            }
            test.engine.runBatch()
            for answer in answers { _ = try? answer.get() }
        }
        #expect(
            try test.test.read { try $0.select(Slip.self, "TRUE ORDER BY number").map(\.number) } == expected,
            "seed \(seed)")
        #expect(test.stops.isEmpty)
    }

    @Test(
        "are gone with the rest when the connection is lost before the commit, and there once when the batch has run again"
    )
    func lost() throws {
        let test = try TestEngine { $0.bodiesPerSending = 2 }
        test.connection.faultBeforeCommit = .connectionLost("in a test")
        let answers = (0..<Int64(5)).map { number in
            test.enqueue {
                $0.insert(Slip(number)); return $0.append()
            }
        }
        test.engine.runBatch()
        if TestStore.isPostgres { #expect(try answers.map { try $0.get() } == [1, 2, 3, 4, 5]) }
        let found = try test.test.read { try $0.select(Slip.self, "TRUE").count }
        #expect(found == answers.filter { (try? $0.get()) != nil }.count)
    }
}
