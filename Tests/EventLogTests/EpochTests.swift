import EventLog
import Foundation
import Storage
import SummaTestKit
import Testing

@Suite("A log that was put back from a backup")
struct EpochTests {
    private let context = EventContext(actor: "system:new_epoch")

    /// Three events were kept, and `lostCount` more signed and forgotten.
    private func cutLog(lostCount: Int) throws -> (log: TestLog, notes: [SignedNote]) {
        let whole = try TestLog()
        try whole.append(3)
        var notes = [try sign(whole)]
        if lostCount > 0 {
            try whole.append(lostCount)
            notes.append(try sign(whole))
        }
        let log = try TestLog()
        try log.append(3)
        return (log, notes)
    }

    private func sign(_ log: TestLog) throws -> SignedNote {
        try log.read { store in
            try Checkpoint(
                origin: store.origin.description, size: store.size, root: store.rightEdge().root
            ).signed(by: testKey())
        }
    }

    /// Nil where the log has told of its cut already.
    private func begin(_ log: TestLog, _ notes: [SignedNote]) async throws -> LogCut? {
        let beginning = EpochBeginning(of: log.database, verifier: try testKey().verifier)
        let plan = try beginning.plan(log.book, notes: notes)
        guard plan.standing != .cutTold else { return nil }
        try await stepping(log.database) { try await beginning.run(plan, context: context) }
        return plan.cut
    }

    /// The database is stepped: somebody has to run the batch that is waited for.
    private func stepping(_ database: Database, _ body: () async throws -> Void) async throws {
        let stepping = Task {
            while !Task.isCancelled {
                database.runBatch()
                await Task.yield()
            }
        }
        let result: Result<Void, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        stepping.cancel()
        await stepping.value
        try result.get()
    }

    private func audit(_ log: TestLog, _ notes: [SignedNote]) throws -> [LogFinding] {
        try LogAudit(database: log.database, book: log.book).run(checkpoints: notes, keys: [testKey().verifier])
    }

    @Test(
        "goes on in a later epoch, whose first event tells what was lost, and is right by its checkpoints old and new")
    func goesOn() async throws {
        let (log, notes) = try cutLog(lostCount: 2)
        let lost = try Checkpoint(text: notes[1].text)
        #expect(throws: LogBehindCheckpoint.self) { try log.read { try $0.demand(lost) } }
        let cut = try #require(try await begin(log, notes))
        #expect([cut.lastEpoch, cut.lastSequence] == [1, 3])
        #expect(cut.book == "book-1")
        let told = try #require(cut.lost)
        #expect([told.epoch, told.size] == [1, 5])
        #expect(told.root == lost.root)
        #expect(try log.read { try $0.event(at: 4)?.id.description } == "book-1/2/4")
        try log.append(2)
        #expect(try log.read { try $0.event(at: 6)?.id.epoch } == 2)
        try log.read { try $0.demand(lost) }
        let all = notes + [try sign(log)]
        #expect(try audit(log, all) == [])
    }

    @Test("is exported without the checkpoints that were lost, and the file is right")
    func exported() async throws {
        let (log, notes) = try cutLog(lostCount: 2)
        _ = try await begin(log, notes)
        try log.append(2)
        var verifier = LogVerifier(keys: [try testKey().verifier])
        let all = notes + [try sign(log)]
        try LogExport(database: log.database, book: log.book).write(checkpoints: all) { verifier.take($0) }
        let result = verifier.finish()
        #expect(result.findings == [])
        #expect(result.size == 6)
    }

    @Test("begins one epoch, however often it is asked to, until more is signed and lost")
    func once() async throws {
        let (log, notes) = try cutLog(lostCount: 2)
        #expect(try await begin(log, notes)?.lastEpoch == 1)
        #expect(try await begin(log, notes) == nil)
        let later = try Checkpoint(origin: "summa/book-1/7", size: 9, root: .emptyRoot).signed(by: testKey())
        let cut = try #require(try await begin(log, notes + [later]))
        #expect(cut.lost?.epoch == 7)
        #expect(try log.read { $0.origin.epoch } == 8)
    }

    @Test("begins an epoch where nothing that was signed is lost, too: what was not signed may be")
    func nothingSigned() async throws {
        let (log, notes) = try cutLog(lostCount: 0)
        let cut = try #require(try await begin(log, notes))
        #expect(cut.lost == nil)
        #expect(try audit(log, notes) == [])
    }

    private func standing(of log: TestLog, _ notes: [SignedNote]) throws -> LogStanding {
        try EpochBeginning(of: log.database, verifier: testKey().verifier).plan(log.book, notes: notes).standing
    }

    @Test("shows that it was put back by what was signed and is lost, and by nothing else unless it is marked")
    func shows() throws {
        let (whole, notes) = try cutLog(lostCount: 0)
        #expect(try standing(of: whole, notes) == .asItWas)
        let (behind, ahead) = try cutLog(lostCount: 1)
        #expect(try standing(of: behind, ahead) == .putBack)
        #expect(try standing(of: behind, [ahead[0]]) == .asItWas)
    }

    @Test(
        "is marked until it begins an epoch, and is so again when it is put back once more, with nothing after its cut")
    func marked() async throws {
        let (log, notes) = try cutLog(lostCount: 0)
        #expect(try log.database.read(log.book) { try !$0.isRestored })
        for epoch in 1...2 {
            try log.markRestored()
            try log.markRestored()
            #expect(try log.database.read(log.book) { try $0.isRestored })
            #expect(try standing(of: log, notes) == .putBack)
            #expect(try await begin(log, notes)?.lastEpoch == Int64(epoch))
            #expect(try log.database.read(log.book) { try !$0.isRestored })
            #expect(try standing(of: log, notes) == .cutTold)
            #expect(try await begin(log, notes) == nil)
        }
        try log.append(1)
        #expect(try standing(of: log, notes) == .asItWas)
        #expect(try audit(log, notes) == [])
    }

    @Test("begins no epoch on a log that grew since it was looked at")
    func moved() async throws {
        let (log, notes) = try cutLog(lostCount: 2)
        let beginning = EpochBeginning(of: log.database, verifier: try testKey().verifier)
        let plan = try beginning.plan(log.book, notes: notes)
        try log.append(1)
        await #expect(throws: LogMoved.self) {
            try await stepping(log.database) { try await beginning.run(plan, context: context) }
        }
        #expect(try log.read { $0.origin.epoch } == 1)
    }

    @Test("begins none when it was rewritten: what was signed before the cut must be as it was")
    func rewritten() async throws {
        let (log, _) = try cutLog(lostCount: 0)
        let other = try Checkpoint(origin: "summa/book-1/1", size: 3, root: .emptyRoot).signed(by: testKey())
        await #expect(throws: LogBehindCheckpoint.self) { try await begin(log, [other]) }
        #expect(try log.read { $0.origin.epoch } == 1)
    }

    @Test("keeps its checkpoints of earlier epochs: one that says something else is found")
    func earlierCheckpoint() async throws {
        let (log, notes) = try cutLog(lostCount: 2)
        _ = try await begin(log, notes)
        let forged = try Checkpoint(origin: "summa/book-1/1", size: 2, root: .emptyRoot).signed(by: testKey())
        #expect(try audit(log, [forged]) == [.notWhatWasSigned(1...2)])
        #expect(throws: LogBehindCheckpoint.self) {
            try log.read { try $0.demand(Checkpoint(text: forged.text)) }
        }
    }

    @Test("may not raise its epoch without telling why")
    func untold() throws {
        let (log, notes) = try cutLog(lostCount: 0)
        try log.write { work in
            work.beginEpoch(2)
            work.append(Numbered(number: 4), context: EventContext(actor: "test"))
        }
        #expect(try audit(log, notes) == [.cutNotTold(4)])
    }

    @Test("tells of its cut in bytes that never change, on a page that says what they say")
    func published() throws {
        let events = PublishedEvents([LogCut.self])
        #expect(
            events.data(of: LogCut.type)
                == #","last_epoch":1,"last_sequence":41,"lost":{"epoch":1,"size":57,"#
                + #""root":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}"#)
        #expect(try events.faults(of: LogCut.type) == [])
        #expect(try EventPages.isCurrent(module: "log", contents: [LogCut.self]))
    }
}
