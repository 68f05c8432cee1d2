import Foundation
import JSON
import Testing

/// A checker that has never found anything proves nothing: here is what it finds when there is something.
@Suite("The checker of the crash drills", HonestBooks())
struct CheckerTests {
    @Test("finds nothing wrong with books that were never hurt, and has looked at all of them")
    func honest() throws {
        let outcome = try CrashScripts.check(HonestBooks.books, record: HonestBooks.record)
        #expect(outcome.isFine, "\(outcome.output)\(outcome.errors)")
        for what in ["events", "checkpoints", "ledger transactions", "charges", "holds", "acknowledgements"] {
            #expect((outcome.json["looked_at"]?[what]?.integer ?? 0) > 0, "no \(what)")
        }
    }

    @Test("calls each kind of damage by its name", arguments: Damage.all)
    func finds(damage: Damage) throws {
        let scratch = try Scratch()
        let copy = scratch.file("books")
        try damage.harm(ForgedBooks(copyOf: HonestBooks.books, at: copy))
        let outcome = try CrashScripts.check(copy, record: HonestBooks.record)
        #expect(outcome.status == 1, "\(outcome.output)\(outcome.errors)")
        let counts = outcome.json["counts"]?.object?.members.filter { $0.value.integer != 0 }.map(\.name) ?? []
        #expect(counts.contains(damage.kind), "\(outcome.output)")
        if damage.isAlone { #expect(counts == [damage.kind], "\(outcome.output)") }
    }

    @Test("says that it cannot read what is no database, which is no verdict about it")
    func unreadable() throws {
        let scratch = try Scratch()
        try FileManager.default.copyItem(atPath: HonestBooks.books, toPath: scratch.file("books"))
        for file in ["summa.sqlite", "summa.sqlite-wal", "summa.sqlite-shm"] {
            try? FileManager.default.removeItem(atPath: scratch.file("books/\(file)"))
        }
        #expect(try CrashScripts.check(scratch.file("books"), record: HonestBooks.record).status == 2)
    }
}
