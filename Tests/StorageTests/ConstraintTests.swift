import Storage
import SummaTestKit
import Testing

@Suite("A body whose row breaks a constraint")
struct ConstraintTests {
    private func isConstraint(_ error: any Error) -> Bool {
        guard case StorageFault.constraint = error else { return false }
        return true
    }

    @Test("fails alone, and the 999 beside it commit in order", arguments: [0, 437, 999])
    func failsAlone(place: Int) throws {
        let test = try TestEngine()
        let answers = (0..<1_000).map { caller in
            test.enqueue { work in
                work.insert(Box(id: Int64(caller), content: caller == place ? -1 : 1))
                return work.append()
            }
        }
        test.engine.runBatch()
        #expect { try answers[place].get() } throws: { isConstraint($0) }
        let sequences = try answers.enumerated().filter { $0.offset != place }.map { try $0.element.get() }
        #expect(sequences == Array(1...999))
        #expect(try test.test.read { try $0.select(Box.self, "TRUE").count } == 999)
        #expect(try test.test.read { $0.asOf } == 999)
        // Halved, not one by one: about two commits for each time a thousand can be halved.
        #expect(test.connection.commits < 25)
        #expect(test.engine.measures.current.failures == 1)
    }

    @Test("fails alone when there are several of them")
    func severalFail() throws {
        let test = try TestEngine()
        let answers = (0..<64).map { caller in
            test.enqueue { $0.insert(Box(id: Int64(caller), content: caller % 9 == 0 ? -1 : 1)) }
        }
        test.engine.runBatch()
        for (caller, answer) in answers.enumerated() {
            if caller % 9 == 0 {
                #expect { try answer.get() } throws: { isConstraint($0) }
            } else {
                try answer.get()
            }
        }
    }

    @Test(
        "such as a second row of a key fails, whether the first is in memory or not", arguments: [true, false],
        [true, false])
    func refusesSecondRow(isCached: Bool, sharesPrimaryKey: Bool) throws {
        let test = try TestEngine()
        try test.store(Box(id: 1, label: "a", content: 5), isCached: isCached)
        let before = test.enqueue { $0.append(1) }
        let second = test.enqueue { work in
            work.insert(sharesPrimaryKey ? Box(id: 1) : Box(id: 2, label: "a"))
            return work.append(2)
        }
        let after = test.enqueue { work in
            (work.append(3), try work.find(Box.byLabel, "a")?.content, try work.find(Box.self, 2))
        }
        test.engine.runBatch()
        #expect { try second.get() } throws: { isConstraint($0) }
        #expect(try before.get() == 1)
        #expect(try after.get() == (2, 5, nil))
        // The row that was there first is still found by its value.
        #expect(try test.write { try $0.find(Box.byLabel, "a")?.id } == 1)
    }

    @Test("in an attempt that throws is not held against it")
    func forgivesUndoneConflict() throws {
        struct Rejection: Error {}
        let test = try TestEngine()
        try test.write { $0.insert(Box(id: 1, label: "a")) }
        let found = try test.write { work in
            try? work.attempt { work throws(Rejection) in
                work.insert(Box(id: 2, label: "a"))
                throw Rejection()
            }
            return try work.find(Box.byLabel, "a")?.id
        }
        #expect(found == 1)
    }

    @Test("is told its own rejection when it had one of its own")
    func prefersOwnRejection() throws {
        struct Rejection: Error {}
        let test = try TestEngine()
        try test.write { $0.insert(Box(id: 1, label: "a")) }
        let answer = test.enqueue { work in
            work.insert(Box(id: 2, label: "a"))
            throw Rejection()
        }
        test.engine.runBatch()
        #expect(throws: Rejection.self) { try answer.get() }
    }

    @Test("of a table that is only added to fails, too")
    func refusesChangedSlip() throws {
        let test = try TestEngine()
        try test.write { work in
            work.insert(Slip(1))
            work.append()
        }
        for statement in ["UPDATE slip SET text = 'x'", "DELETE FROM slip"] {
            #expect { try test.test.raw().execute(statement) } throws: { isConstraint($0) }
        }
    }
}
