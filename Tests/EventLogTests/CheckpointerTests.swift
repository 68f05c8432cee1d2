import EventLog
import Foundation
import Storage
import Synchronization
import Testing

@Suite("Checkpoints of a running log")
struct CheckpointerTests {
    private func directory(_ log: TestLog) throws -> CheckpointDirectory {
        try CheckpointDirectory(path: log.directory + "/checkpoints")
    }

    private func checkpointer(_ log: TestLog, seed: UInt8 = 1) throws -> Checkpointer {
        Checkpointer(database: log.database, signer: try testKey(seed), places: [try directory(log)])
    }

    @Test("are signed as soon as there is something to sign, and not before")
    func first() throws {
        let log = try TestLog()
        let checkpointer = try checkpointer(log)
        #expect(try checkpointer.step(log.clock.now) == [])
        try log.append(1)
        let signed = try checkpointer.step(log.clock.now)
        #expect(signed.map(\.size) == [1])
        #expect(signed.map(\.origin) == ["summa/book-1/1"])
        #expect(try signed.map(\.root) == [log.read { try $0.rightEdge().root }])
        #expect(try checkpointer.step(log.clock.now) == [])
    }

    @Test("follow after 1,000 events, not after 999")
    func byCount() throws {
        let log = try TestLog()
        let checkpointer = try checkpointer(log)
        try log.append(1)
        try checkpointer.step(log.clock.now)
        try log.append(999)
        #expect(try checkpointer.step(log.clock.now) == [])
        try log.append(1)
        #expect(try checkpointer.step(log.clock.now).map(\.size) == [1_001])
    }

    @Test("follow after a minute with news, not a microsecond earlier, and never without news")
    func byAge() throws {
        let log = try TestLog()
        let checkpointer = try checkpointer(log)
        try log.append(1)
        try checkpointer.step(log.clock.now)
        log.clock.advance(by: .minutes(5))
        #expect(try checkpointer.step(log.clock.now) == [])
        try log.append(1)
        #expect(try checkpointer.step(log.clock.now).map(\.size) == [2])
        try log.append(1)
        log.clock.advance(by: Instant.Span(microseconds: 59_999_999))
        #expect(try checkpointer.step(log.clock.now) == [])
        log.clock.advance(by: Instant.Span(microseconds: 1))
        #expect(try checkpointer.step(log.clock.now).map(\.size) == [3])
    }

    @Test("lie in a file as they are published, and all of them in another")
    func files() throws {
        let log = try TestLog()
        let checkpointer = try checkpointer(log)
        var notes: [SignedNote] = []
        for _ in 1...3 {
            try log.append(1)
            notes.append(try #require(try checkpointer.current(of: log.book, log.clock.now)))
        }
        let file = try String(contentsOfFile: log.directory + "/checkpoints/book-1.checkpoint", encoding: .utf8)
        #expect(file == notes.last?.encoded)
        #expect(try directory(log).latest() == [notes[2]])
        #expect(try directory(log).history(of: "book-1") == notes)
        #expect(checkpointer.latest(of: LogOrigin(book: "book-1", epoch: 1)) == notes[2])
    }

    @Test("are made at once for who asks, once for the same events, and not for an empty log")
    func current() throws {
        let log = try TestLog()
        let checkpointer = try checkpointer(log)
        #expect(try checkpointer.current(of: log.book, log.clock.now) == nil)
        try log.append(2)
        let note = try #require(try checkpointer.current(of: log.book, log.clock.now))
        #expect(try checkpointer.current(of: log.book, log.clock.now) == note)
        #expect(try directory(log).history(of: "book-1").count == 1)
        #expect(try Checkpoint(note: note, keys: [checkpointer.verifier]).size == 2)
    }

    @Test("let a log go on that has grown out of the one outside")
    func startsAgain() throws {
        let log = try TestLog()
        try log.append(300)
        try checkpointer(log).step(log.clock.now)
        try log.append(3)
        let next = try checkpointer(log)
        try next.start()
        #expect(next.latest(of: LogOrigin(book: "book-1", epoch: 1)) != nil)
        #expect(try next.step(log.clock.now).map(\.size) == [303])
    }

    @Test("keep a log from starting that was cut below the one outside")
    func refusesShorter() throws {
        let log = try TestLog()
        try log.append(300)
        let signed = try checkpointer(log).step(log.clock.now)
        try log.tamper("DELETE FROM event WHERE sequence = 300")
        try log.makeConsistent()
        try log.tamper()
        let refusal = LogBehindCheckpoint(checkpoint: signed[0], cause: .logIsShorter(size: 299))
        #expect(throws: refusal) { try checkpointer(log).start() }
        #expect("\(refusal)".hasPrefix("log_behind_checkpoint: summa/book-1/1 was signed with 300 events"))
    }

    @Test("keep a log from starting, and from being signed, that was rewritten with all its hashes")
    func refusesRewritten() throws {
        let log = try TestLog()
        try log.append(300)
        let running = try checkpointer(log)
        let signed = try running.step(log.clock.now)
        try log.overwrite(7, with: try log.bytes(at: 8))
        try log.makeConsistent()
        let refusal = LogBehindCheckpoint(checkpoint: signed[0], cause: .logDiffers)
        #expect(throws: refusal) { try checkpointer(log).start() }
        try log.tamper("UPDATE head SET sequence = 300")
        log.clock.advance(by: .minutes(2))
        try log.append(1)
        #expect(throws: refusal) { try running.step(log.clock.now) }
    }

    @Test("keep a database from starting that does not know the book")
    func refusesMissingBook() throws {
        let (one, other) = (try TestLog(), try TestLog(book: BookID(rawValue: 2)))
        try one.append(1)
        let signed = try checkpointer(one).step(one.clock.now)
        let moved = Checkpointer(database: other.database, signer: try testKey(), places: [try directory(one)])
        #expect(throws: LogBehindCheckpoint(checkpoint: signed[0], cause: .bookIsGone)) { try moved.start() }
    }

    @Test("that another key signed keep it from starting, too")
    func refusesForeignKey() throws {
        let log = try TestLog()
        try log.append(1)
        try checkpointer(log, seed: 2).step(log.clock.now)
        #expect(throws: NoteRejection.noKnownSigner) { try checkpointer(log).start() }
    }

    @Test("are not published while a place does not take them, and are tried again")
    func failingPlace() throws {
        let log = try TestLog()
        let place = FlakyPlace()
        let checkpointer = Checkpointer(
            database: log.database, signer: try testKey(), places: [try directory(log), place])
        try log.append(1)
        place.fails.withLock { $0 = true }
        #expect(throws: CheckpointPlaceFault.self) { try checkpointer.step(log.clock.now) }
        #expect(checkpointer.latest(of: LogOrigin(book: "book-1", epoch: 1)) == nil)
        place.fails.withLock { $0 = false }
        #expect(try checkpointer.step(log.clock.now).count == 1)
        #expect(try place.latest().count == 1)
    }

    private final class FlakyPlace: CheckpointPlace {
        let fails = Mutex(false)
        private let notes = Mutex<[SignedNote]>([])

        func latest() throws -> [SignedNote] { notes.withLock { $0 } }

        func put(_ note: SignedNote) throws {
            if fails.withLock({ $0 }) { throw CheckpointPlaceFault(description: "the place is away") }
            notes.withLock { $0.append(note) }
        }
    }
}
