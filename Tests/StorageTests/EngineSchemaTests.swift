import Storage
import SummaTestKit
import Testing

@Suite("The engine's own tables")
struct EngineSchemaTests {
    private func isConstraint(_ error: any Error) -> Bool {
        guard case StorageFault.constraint = error else { return false }
        return true
    }

    private func written() throws -> TestEngine {
        let test = try TestEngine()
        for _ in 0..<5 { try test.write { $0.append() } }
        _ = try test.write { $0.newIdentifier(BoxNumber.self) }
        return test
    }

    @Test(
        "refuse a head that goes back",
        arguments: [
            "sequence = sequence - 1", "epoch = 0", "last_identifier = last_identifier - 1",
            "last_time = last_time - 1",
            "batch = batch - 1", "name = 'other'", "book = 7",
        ])
    func refusesGoingBack(change: String) throws {
        let test = try written()
        #expect { try test.test.raw().execute("UPDATE head SET \(change)") } throws: { isConstraint($0) }
    }

    @Test("let a head go on", arguments: ["sequence = sequence + 1", "epoch = 2", "last_time = last_time + 1"])
    func allowsGoingOn(change: String) throws {
        let test = try written()
        try test.test.raw().execute("UPDATE head SET \(change)")
    }

    @Test(
        "refuse to change or forget what was written",
        arguments: [
            "DELETE FROM head", "DELETE FROM event", "UPDATE event SET bytes = x'00'", "DELETE FROM tile",
            "UPDATE tile SET hashes = x'00'", "UPDATE event SET sequence = sequence + 100",
        ])
    func refusesChange(statement: String) throws {
        let test = try written()
        #expect { try test.test.raw().execute(statement) } throws: { isConstraint($0) }
    }

    @Test("refuse a second event of a sequence")
    func refusesSecondEvent() throws {
        let test = try written()
        let statement = "INSERT INTO event (book, sequence, bytes) VALUES (1, 5, x'00')"
        #expect { try test.test.raw().execute(statement) } throws: { isConstraint($0) }
    }

    @Test("keep in the head what the log extension made of every entry, and the tiles it completed")
    func keepsTree() throws {
        let test = try written()
        var tree: [UInt8] = []
        var entries = LogEntries()
        for _ in 0..<5 { entries.append { $0.append(1) } }
        let tiles = try ChainedLog().extend(&tree, by: entries, firstSequence: 1)
        #expect(try test.test.read { $0.head.tree } == tree)
        #expect(try test.test.read { try $0.tile(level: 0, index: 0) } == tiles[0].hashes)
        #expect(try test.test.read { try $0.tile(level: 0, index: 1) } == nil)
    }
}
