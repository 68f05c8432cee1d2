import Storage
import SummaTestKit
import Testing

@Suite("A lost connection", .enabled(if: TestStore.isPostgres, "needs a PostgreSQL server"), .serialized)
struct LostConnectionTests {
    @Test("between two batches is made anew, and no caller notices")
    func betweenBatches() throws {
        let test = try TestEngine()
        try test.write { $0.append() }
        try test.cutSessions()
        #expect(try test.write { $0.append() } == 2)
        #expect(test.engine.measures.current.retries <= 1)
        #expect(test.stops.isEmpty)
    }

    @Test("before the commit has the batch run again, and what it did is there once")
    func beforeCommit() throws {
        let test = try TestEngine()
        test.connection.faultBeforeCommit = .connectionLost("in a test")
        let answers = (0..<Int64(3)).map { number in
            test.enqueue {
                $0.insert(Box(id: number, content: 1)); return $0.append()
            }
        }
        test.engine.runBatch()
        #expect(try answers.map { try $0.get() } == [1, 2, 3])
        #expect(test.engine.measures.current.retries == 1)
        #expect(try test.test.read { try $0.select(Box.self, "TRUE").count } == 3)
    }

    @Test("is given up after five times, and nothing was done")
    func givesUp() throws {
        let test = try TestEngine { $0.retryCountMax = 2 }
        test.connection.faultOfLocking = .unreachable("in a test")
        test.connection.keepsFaultOfLocking = true
        let answer = test.enqueue { $0.append() }
        test.engine.runBatch()
        #expect(throws: StorageFault.self) { try answer.get() }
        test.connection.keepsFaultOfLocking = false
        test.connection.faultOfLocking = nil
        #expect(try test.write { $0.append() } == 1)
    }

    @Test("after a commit that happened tells its callers that it did", arguments: [false, true])
    func committed(othersWroteSince: Bool) throws {
        let test = try TestEngine()
        test.connection.faultAfterCommit = .outcomeUnknown("in a test")
        if othersWroteSince {
            let other = try test.test.anotherEngine(tables: [Box.table, Slip.table])
            test.connection.betweenCommitAndAnswer = {
                other.enqueue(.first, body: { $0.append() }) { _ in }
                other.runBatch()
            }
        }
        #expect(
            try test.write {
                $0.insert(Box(id: 1, content: 1)); return $0.append()
            } == 1)
        #expect(test.engine.measures.current.settledCommits == 1)
        #expect(try test.write { $0.append() } == (othersWroteSince ? 3 : 2))
        #expect(try test.test.read { try $0.select(Box.self, "TRUE").count } == 1)
    }

    @Test("during a commit that did not happen has the batch run again", arguments: [false, true])
    func notCommitted(othersWroteSince: Bool) throws {
        let test = try TestEngine()
        test.connection.faultBeforeCommit = .outcomeUnknown("in a test")
        if othersWroteSince {
            let other = try test.test.anotherEngine(tables: [Box.table, Slip.table])
            test.connection.beforeReconnecting = {
                for _ in 0..<2 {
                    other.enqueue(.first, body: { $0.appendEntry { $0 += Array("other".utf8) } }) { _ in }
                    other.runBatch()
                }
            }
        }
        let sequence = try test.write {
            $0.insert(Box(id: 1, content: 1)); return $0.append()
        }
        #expect(sequence == (othersWroteSince ? 3 : 1))
        #expect(test.engine.measures.current.retries == 1)
        #expect(try test.test.read { try $0.select(Box.self, "TRUE").count } == 1)
    }
}

extension TestEngine {
    /// Ends every other session of the test's database, as an operator or a failing server would.
    func cutSessions() throws {
        let sessions = "pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        let raw = try test.raw()
        try raw.query("SELECT count(pg_terminate_backend(pid)) FROM \(sessions)") { _ in }
        while try raw.integer("SELECT count(*) FROM \(sessions)") > 0 {}
    }
}
