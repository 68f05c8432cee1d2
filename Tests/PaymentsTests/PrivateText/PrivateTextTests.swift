import EventLog
import Foundation
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("A private text")
struct PrivateTextTests {
    private let store: TestDatabase
    private let texts: PrivateTextStore
    private let random = CountingBytes()
    private let payment = AllowedText(PaymentID(rawValue: 7))

    init() throws {
        store = try TestDatabase([PrivateTextSchema.migration])
        texts = PrivateTextStore(try installationKey(1))
    }

    @Test("reads back as it was given, with the hash its event has")
    func readsBack() throws {
        let draft = PrivateTextDraft(.description, "für Ada, Hinterhaus", random: random)
        try put(draft)
        #expect(try read(.description) == .text(Array("für Ada, Hinterhaus".utf8), hash: draft.hash))
        #expect(try read(.metadata) == .none)
    }

    @Test("is replaced by another of its name")
    func replaces() throws {
        try put(PrivateTextDraft(.description, "first", random: random))
        let second = PrivateTextDraft(.description, "second", random: random)
        try put(second)
        #expect(try read(.description) == .text(Array("second".utf8), hash: second.hash))
    }

    @Test("gives equal texts different hashes, so that nobody guesses one from another")
    func salted() {
        let first = PrivateTextDraft(.description, "rent", random: random)
        #expect(first.hash != PrivateTextDraft(.description, "rent", random: random).hash)
    }

    @Test("stands nowhere in the database's file", .enabled(if: TestStore.isSQLite, "about SQLite files"))
    func sealed() throws {
        try put(PrivateTextDraft(.description, "Ada Lovelace", random: random))
        let path = store.path
        store.close()
        let file = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(file.range(of: Data(payment.text.utf8)) != nil)
        #expect(file.range(of: Data("Lovelace".utf8)) == nil)
    }

    @Test("opens with no other installation's key")
    func otherKey() throws {
        try put(PrivateTextDraft(.description, "x", random: random))
        let other = PrivateTextStore(try installationKey(2))
        #expect(throws: SealingFault.self) {
            try store.read { try other.read(.description, of: payment, in: $0) }
        }
    }

    @Test("is gone once its subject is erased, and the log says so once")
    func erased() throws {
        try put(PrivateTextDraft(.description, "x", random: random))
        try put(PrivateTextDraft(.metadata, "{}", random: random))
        try erase()
        try erase()
        #expect(try read(.description) == .erased)
        #expect(try read(.metadata) == .erased)
        let events = try store.read { try EventStore($0).events(after: 0, limit: 10) }
        #expect(events.map(\.type) == [PrivateTextErased.type])
        #expect(events.first?.subject == payment.text)
    }

    @Test("of an erased subject is not kept when it comes late")
    func stayForgotten() throws {
        try put(PrivateTextDraft(.description, "x", random: random))
        try erase()
        try put(PrivateTextDraft(.body, "late", random: random))
        #expect(try read(.body) == .erased)
    }

    @Test("that was never kept cannot be erased")
    func nothingKept() throws {
        #expect(throws: PrivateTextRejection.nothingKept(payment)) { try erase() }
    }

    @Test("leaves another subject's texts alone when it is erased")
    func others() throws {
        let other = AllowedText(PaymentID(rawValue: 8))
        let draft = PrivateTextDraft(.description, "stays", random: random)
        try put(PrivateTextDraft(.description, "x", random: random))
        try put(draft, of: other)
        try erase()
        #expect(
            try store.read { try texts.read(.description, of: other, in: $0) }
                == .text(Array("stays".utf8), hash: draft.hash))
    }

    @Test("and its key print nothing of themselves")
    func redacted() throws {
        let draft = PrivateTextDraft(.description, "Ada", random: random)
        for text in [
            "\(draft)", String(reflecting: draft), "\(try installationKey(1))",
            String(reflecting: try installationKey(1)),
        ] {
            #expect(text.contains("redacted"))
            #expect(!text.contains("65, 100, 97"))
        }
        var dumped = ""
        dump(try installationKey(1), to: &dumped)
        dump(draft, to: &dumped)
        #expect(dumped == "- InstallationKey(redacted)\n- PrivateTextDraft(description, redacted)\n")
    }

    // MARK: Steps

    private func put(_ draft: PrivateTextDraft, of subject: AllowedText? = nil) throws {
        try store.write { [texts, payment] work in try texts.put(draft, of: subject ?? payment, in: &work) }
    }

    private func read(_ name: PrivateTextName) throws -> PrivateTextReading {
        try store.read { try texts.read(name, of: payment, in: $0) }
    }

    private func erase() throws {
        try store.write { [payment] work in
            try ErasePrivateText.perform(
                .init(book: .first, subject: payment, context: EventContext(actor: "principal:anna")), in: &work)
        }
    }
}
