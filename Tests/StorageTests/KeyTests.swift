import Storage
import SummaTestKit
import Testing

@Suite("Unique and group keys within a batch")
struct KeyTests {
    @Test("a value that a deletion frees may be taken in the same batch, and is written in that order")
    func reusesFreedValue() throws {
        let test = try TestEngine()
        try test.write { $0.insert(Box(id: 1, label: "a")) }
        let freed = test.enqueue { work in
            _ = try work.find(Box.self, 1)
            work.delete(Box.self, 1)
        }
        let taken = test.enqueue { work in
            guard try work.find(Box.byLabel, "a") == nil else { return false }
            work.insert(Box(id: 2, label: "a"))
            return try work.find(Box.byLabel, "a")?.id == 2
        }
        test.engine.runBatch()
        try freed.get()
        #expect(try taken.get())
        #expect(try test.test.read { try $0.find(Box.byLabel, "a") } == Box(id: 2, label: "a"))
    }

    @Test("two rows made anew may swap their values")
    func swapsValues() throws {
        let test = try TestEngine()
        try test.write { work in
            work.insert(Box(id: 1, label: "a", shelf: 1))
            work.insert(Box(id: 2, label: "b", shelf: 2))
        }
        try test.write { work throws in
            for id in Int64(1)...2 {
                _ = try work.find(Box.self, id)
                work.delete(Box.self, id)
            }
            work.insert(Box(id: 1, label: "b", shelf: 2))
            work.insert(Box(id: 2, label: "a", shelf: 1))
            #expect(try work.find(Box.byLabel, "a")?.id == 2)
            #expect(try work.group(Box.byShelf, 1).map(\.id) == [2])
        }
        let boxes = try test.test.read { try $0.select(Box.self, "TRUE ORDER BY id") }
        #expect(boxes.map(\.label) == ["b", "a"])
    }

    @Test("a row made anew under other values gives them up again when that is undone")
    func undoesReplacement() throws {
        struct Rejection: Error {}
        let test = try TestEngine()
        try test.write { $0.insert(Box(id: 1, label: "a", shelf: 1)) }
        let rejected = test.enqueue { work in
            _ = try work.find(Box.self, 1)
            work.delete(Box.self, 1)
            work.insert(Box(id: 1, label: "b", shelf: 2))
            throw Rejection()
        }
        let after = test.enqueue { work throws in
            #expect(try work.find(Box.byLabel, "b") == nil)
            #expect(try work.group(Box.byShelf, 2).isEmpty)
            #expect(try work.find(Box.byLabel, "a")?.id == 1)
            return try work.group(Box.byShelf, 1).map(\.id)
        }
        test.engine.runBatch()
        #expect(throws: Rejection.self) { try rejected.get() }
        #expect(try after.get() == [1])
    }

    @Test("a group read after the batch has added to it and taken from it has what it should", arguments: [0, 1])
    func mergesGroup(missRounds: Int) throws {
        let test = try TestEngine { $0.missRounds = missRounds }
        try test.test.write { work in
            for id in Int64(1)...4 { work.insert(Box(id: id * 10, shelf: 1)) }
        }
        let answers = [
            test.enqueue { work in
                _ = try work.find(Box.self, 20)
                work.delete(Box.self, 20)
                return []
            },
            test.enqueue { work in
                work.insert(Box(id: 25, shelf: 1))
                return []
            },
            test.enqueue { try $0.group(Box.byShelf, 1).map(\.id) },
        ]
        test.engine.runBatch()
        // With a round of misses the deletion comes last: it missed its row, the group's reader did as well.
        #expect(try answers.map { try $0.get() }[2] == [10, 25, 30, 40])
        #expect(try test.write { try $0.group(Box.byShelf, 1).map(\.id) } == [10, 25, 30, 40])
    }

    @Test("a group has one order however its rows came into memory")
    func ordersGroup() throws {
        let test = try TestEngine()
        for id: Int64 in [5, 1, 9] { try test.write { $0.insert(Box(id: id, shelf: 1)) } }
        try test.write { work in for id: Int64 in [7, 3] { work.insert(Box(id: id, shelf: 1)) } }
        #expect(try test.write { try $0.group(Box.byShelf, 1).map(\.id) } == [1, 3, 5, 7, 9])
        #expect(try test.test.read { try $0.group(Box.byShelf, 1).map(\.id) } == [1, 3, 5, 7, 9])
    }

    @Test(
        "texts are one key only when their bytes are the same, in memory as in the database", arguments: [true, false])
    func comparesBytes(isCached: Bool) throws {
        let test = try TestEngine()
        let one = "caf\u{E9}"
        let two = "cafe\u{301}"
        #expect(one == two)
        try test.store(Box(id: 1, label: one), isCached: isCached)
        let found = try test.write { try $0.find(Box.byLabel, two) }
        #expect(found == nil)
        try test.write { $0.insert(Box(id: 2, label: two)) }
        #expect(try test.write { try $0.find(Box.byLabel, one)?.id } == 1)
        #expect(try test.write { try $0.find(Box.byLabel, two)?.id } == 2)
    }

    @Test("rows without a value take no part")
    func leavesOutRowsWithoutValue() throws {
        let test = try TestEngine()
        try test.write { work in
            work.insert(Box(id: 1))
            work.insert(Box(id: 2))
        }
        #expect(try test.test.read { try $0.select(Box.self, "label IS NULL").count } == 2)
    }
}
