import EventLog
import Testing

@Suite("Exporting a log")
struct LogExportTests {
    private func export(_ log: TestLog, _ notes: [SignedNote]) throws -> [UInt8] {
        var file: [UInt8] = []
        try LogExport(database: log.database, book: log.book).write(checkpoints: notes) { file += $0 }
        return file
    }

    @Test("gives a file that a stranger can check with the key alone, over many pages")
    func verifies() throws {
        let log = try TestLog()
        let place = try CheckpointDirectory(path: log.directory + "/checkpoints")
        let checkpointer = Checkpointer(database: log.database, signer: try testKey(), places: [place])
        for count in [1, 999, 1_000, 500] {
            try log.append(count)
            _ = try checkpointer.current(of: log.book, log.clock.now)
        }
        try log.append(7)
        let file = try export(log, place.history(of: "book-1"))
        var verifier = LogVerifier(keys: [try testKey().verifier])
        verifier.take(file)
        let verification = verifier.finish()
        #expect(verification.findings == [])
        #expect(verification.size == 2_500)
        let lines = file.split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == 1 + 2_500 + 4)
        #expect(Array(lines[1]) == (try log.bytes(at: 1)))
        #expect(lines[2].starts(with: Array(#"{"checkpoint":"summa/book-1/1\n1\n"#.utf8)))
    }

    @Test("gives a header alone when nothing is signed, and leaves out checkpoints above the log")
    func edges() throws {
        let log = try TestLog()
        try log.append(2)
        #expect(try export(log, []) == ExportLine.header(book: "book-1", size: 0).bytes)
        let ahead = try Checkpoint(origin: "summa/book-1/1", size: 3, root: .emptyRoot).signed(by: testKey())
        #expect(try export(log, [ahead]) == ExportLine.header(book: "book-1", size: 0).bytes)
    }

    @Test("fails rather than leave out an event that is not there")
    func gap() throws {
        let log = try TestLog()
        try log.append(3)
        let root = try log.read { try $0.root(size: 3) }
        let note = try Checkpoint(origin: "summa/book-1/1", size: 3, root: root).signed(by: testKey())
        try log.tamper("DELETE FROM event WHERE sequence = 3")
        #expect(throws: MissingTreeHashes.self) { try export(log, [note]) }
    }
}
