import EventLog
import Testing

@Suite("Auditing the log in its database")
struct LogAuditTests {
    /// 600 events (two full tiles and a tail of 88), signed at 100, 300 and 600.
    private func signedLog() throws -> (log: TestLog, notes: [SignedNote]) {
        let log = try TestLog()
        let checkpointer = Checkpointer(database: log.database, signer: try testKey(), places: [])
        var notes: [SignedNote] = []
        for count in [100, 200, 300] {
            try log.append(count)
            notes.append(try #require(try checkpointer.current(of: log.book, log.clock.now)))
        }
        return (log, notes)
    }

    private func audit(_ log: TestLog, _ notes: [SignedNote]) throws -> [LogFinding] {
        try LogAudit(database: log.database, book: log.book).run(checkpoints: notes, keys: [testKey().verifier])
    }

    private func changed(_ bytes: [UInt8]) -> [UInt8] {
        Array(String(decoding: bytes, as: UTF8.self).replacing(#""actor":"test""#, with: #""actor":"tess""#).utf8)
    }

    @Test("finds nothing wrong with a sound one, and shows every event once")
    func sound() throws {
        let (log, notes) = try signedLog()
        var visited: [Int64] = []
        let findings = try LogAudit(database: log.database, book: log.book)
            .run(checkpoints: notes, keys: [testKey().verifier]) { visited.append($0.id.sequence) }
        #expect(findings == [])
        #expect(visited == Array(1...600))
    }

    @Test("finds nothing wrong with an empty one")
    func empty() throws {
        #expect(try audit(try TestLog(), []) == [])
    }

    @Test("names the tile in which one byte of an event was changed")
    func changedByte() throws {
        let (log, notes) = try signedLog()
        try log.overwrite(400, with: changed(try log.bytes(at: 400)))
        #expect(try audit(log, notes) == [.eventsChanged(257...512)])
    }

    @Test("names the few events at the end among which one was changed")
    func changedAtTheEnd() throws {
        let (log, notes) = try signedLog()
        try log.overwrite(599, with: changed(try log.bytes(at: 599)))
        #expect(try audit(log, notes) == [.eventsChanged(593...600), .notWhatWasSigned(301...600)])
    }

    @Test("names the event whose bytes are an event no more")
    func brokenEvent() throws {
        let (log, notes) = try signedLog()
        try log.overwrite(400, with: Array("{}".utf8))
        #expect(try audit(log, notes) == [.notAnEvent(400, .missing("id")), .eventsChanged(257...512)])
    }

    @Test("names between which checkpoints history was rewritten, though leaf, tiles and head agree")
    func rewritten() throws {
        let (log, notes) = try signedLog()
        try log.overwrite(150, with: changed(try log.bytes(at: 150)))
        try log.makeConsistent()
        #expect(try audit(log, notes) == [.notWhatWasSigned(101...300)])
        #expect(try audit(log, []) == [])
    }

    @Test("names two events that were swapped")
    func swapped() throws {
        let (log, notes) = try signedLog()
        let (first, second) = (try log.bytes(at: 10), try log.bytes(at: 11))
        try log.overwrite(10, with: second)
        try log.overwrite(11, with: first)
        #expect(
            try audit(log, notes).prefix(3) == [
                .otherEvent(10, found: "book-1/1/11"), .otherEvent(11, found: "book-1/1/10"), .eventsChanged(1...256),
            ])
    }

    @Test("names events that are gone, at the end, in the middle, and all of them")
    func gone() throws {
        let (log, notes) = try signedLog()
        try log.tamper("DELETE FROM event WHERE sequence > 590")
        #expect(try audit(log, notes) == [.missingEvents(591...600)])
        try log.tamper("DELETE FROM event WHERE sequence BETWEEN 250 AND 520")
        #expect(try audit(log, notes) == [.missingEvents(250...520), .missingEvents(591...600)])
        try log.tamper("DELETE FROM event")
        #expect(try audit(log, notes).first == .missingEvents(1...600))
    }

    @Test("names a tail that was cut off together with the head")
    func cutTail() throws {
        let (log, notes) = try signedLog()
        try log.tamper("DELETE FROM event WHERE sequence > 590")
        try log.makeConsistent()
        #expect(try audit(log, notes) == [.cutBelowCheckpoint(size: 600)])
    }

    @Test("names events above the head")
    func surplus() throws {
        let (log, notes) = try signedLog()
        try log.tamper("INSERT INTO event (book, sequence, bytes) VALUES (1, 601, x'7b7d')")
        #expect(try audit(log, notes) == [.surplusEvents(after: 600)])
    }

    @Test("names a stored hash that was changed or is gone, and a head that holds another tree")
    func hashes() throws {
        let (log, notes) = try signedLog()
        try log.tamper(
            "UPDATE tile SET hashes = x'\(String(repeating: "00", count: 32))' WHERE level = 1 AND tile_index = 0")
        #expect(try audit(log, notes).prefix(2) == [.eventsChanged(1...256), .headDisagrees])
        try log.tamper("DELETE FROM tile WHERE level = 1 AND tile_index = 0")
        #expect(try audit(log, notes) == [.tileChanged(level: 1, 1...256)])
        let other = try signedLog()
        try other.log.tamper("UPDATE head SET tree = x''")
        #expect(try audit(other.log, other.notes) == [.headDisagrees])
    }

    @Test("names a stored hash of the second level that was changed", .timeLimit(.minutes(2)))
    func higherTile() throws {
        let log = try TestLog()
        for _ in 0..<16 { try log.append(4_096) }
        try log.tamper(
            "UPDATE tile SET hashes = x'\(String(repeating: "00", count: 32))' WHERE level = 2 AND tile_index = 0")
        #expect(try audit(log, []) == [.tileChanged(level: 2, 1...65_536), .headDisagrees])
    }

    @Test("believes no checkpoint of another key or book, and passes over those of an earlier epoch")
    func otherCheckpoints() throws {
        let (log, notes) = try signedLog()
        let foreign = try Checkpoint(text: notes[0].text).signed(by: testKey(2))
        #expect(try audit(log, [foreign]) == [.checkpointNotBelieved(after: 100)])
        let other = try Checkpoint(origin: "summa/other/1", size: 1, root: .emptyRoot).signed(by: testKey())
        #expect(try audit(log, [other]) == [.checkpointMisplaced(after: 1)])
        let later = try Checkpoint(origin: "summa/book-1/2", size: 1, root: .emptyRoot).signed(by: testKey())
        #expect(try audit(log, [later]) == [.cutBelowCheckpoint(size: 1)])
        try log.tamper("UPDATE head SET epoch = 2")
        let earlier = try Checkpoint(origin: "summa/book-1/1", size: 9_000, root: .emptyRoot).signed(by: testKey())
        #expect(try audit(log, [earlier]) == [])
    }
}
