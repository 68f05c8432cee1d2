import EventLog
import Foundation
import SummaTestKit
import Testing

@Suite("A directory of checkpoints")
struct CheckpointDirectoryTests {
    private let parent: TemporaryDirectory
    private let path: String

    init() throws {
        parent = try TemporaryDirectory()
        path = parent.path + "/checkpoints"
    }

    private func note(_ size: UInt64, book: String = "main") throws -> SignedNote {
        try Checkpoint(origin: "summa/\(book)/1", size: size, root: .emptyRoot).signed(by: testKey())
    }

    private func append(_ text: String) throws {
        let file = try #require(FileHandle(forWritingAtPath: path + "/main.checkpoints.jsonl"))
        try file.seekToEnd()
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    @Test("is empty at first, and keeps the last one of each book")
    func keepsLast() throws {
        let directory = try CheckpointDirectory(path: path)
        #expect(try directory.latest() == [])
        #expect(try directory.history(of: "main") == [])
        for note in try [note(1), note(1, book: "other"), note(2)] { try directory.put(note) }
        #expect(try CheckpointDirectory(path: path).latest() == [note(2), note(1, book: "other")])
        #expect(try directory.history(of: "main") == [note(1), note(2)])
    }

    @Test("leaves out a last line that was cut off, and loses none that comes after it")
    func tornLine() throws {
        let directory = try CheckpointDirectory(path: path)
        try directory.put(note(1))
        try append(#"{"checkpoint":"summa/ma"#)
        #expect(try directory.history(of: "main") == [note(1)])
        try directory.put(note(2))
        #expect(try directory.history(of: "main") == [note(1), note(2)])
    }

    @Test("never leaves itself, whatever a book is called", arguments: ["../main", "a/b", "ä", ".", "a b"])
    func strangeNames(book: String) throws {
        let directory = try CheckpointDirectory(path: path)
        let origin = "summa/\(book)/1"
        guard LogOrigin(text: origin) != nil else {
            #expect(throws: CheckpointPlaceFault.self) { try directory.put(note(1, book: book)) }
            return
        }
        try directory.put(note(1, book: book))
        #expect(try directory.latest() == [note(1, book: book)])
        #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 2)
    }

    @Test("says what failed when it cannot write")
    func fault() throws {
        #expect(throws: CheckpointPlaceFault.self) { try CheckpointDirectory(path: path + "/a/b") }
        let directory = try CheckpointDirectory(path: path)
        try FileManager.default.removeItem(atPath: path)
        #expect(throws: CheckpointPlaceFault.self) { try directory.put(note(1)) }
        #expect(throws: CheckpointPlaceFault.self) { try directory.latest() }
    }
}
