import Storage
import SummaTestKit
import Testing

@Suite("A rejected body")
struct OverlayTests {
    private struct Rejection: Error {}

    @Test("drops its rows, keys, events and identifiers, and nothing of its neighbours")
    func dropsItsOwnEffects() throws {
        let test = try TestEngine()
        let first = test.enqueue { work throws in
            work.insert(Box(id: 1, label: "one", shelf: 5))
            work.append(1)
            return work.newIdentifier(BoxNumber.self)
        }
        let second = test.enqueue { work throws in
            var box = try #require(try work.find(Box.self, 1))
            box.content = 99
            work.update(box)
            work.insert(Box(id: 2, label: "two", shelf: 5))
            work.append(2)
            _ = work.newIdentifier(BoxNumber.self)
            throw Rejection()
        }
        let third = test.enqueue { work throws in
            #expect(try work.find(Box.self, 1)?.content == 0)
            #expect(try work.find(Box.self, 2) == nil)
            #expect(try work.find(Box.byLabel, "two") == nil)
            #expect(try work.group(Box.byShelf, 5).map(\.id) == [1])
            work.append(3)
            return work.newIdentifier(BoxNumber.self)
        }
        test.engine.runBatch()
        #expect(throws: Rejection.self) { try second.get() }
        #expect(try third.get().rawValue == first.get().rawValue + 1)
        let (boxes, events) = try test.test.read { rows in
            (try rows.select(Box.self, "TRUE"), [try rows.event(at: 1), try rows.event(at: 2), try rows.event(at: 3)])
        }
        #expect(boxes == [Box(id: 1, label: "one", shelf: 5)])
        #expect(events == [[1], [3], nil])
    }

    @Test("gives back what it deleted, to every key")
    func restoresDeletedRows() throws {
        let test = try TestEngine()
        try test.write { $0.insert(Box(id: 1, label: "one", shelf: 5)) }
        let rejected = test.enqueue { work throws in
            _ = try work.find(Box.self, 1)
            work.delete(Box.self, 1)
            #expect(try work.find(Box.byLabel, "one") == nil)
            #expect(try work.group(Box.byShelf, 5).isEmpty)
            throw Rejection()
        }
        let after = test.enqueue { work throws in
            #expect(try work.find(Box.byLabel, "one")?.id == 1)
            return try work.group(Box.byShelf, 5).map(\.id)
        }
        test.engine.runBatch()
        #expect(throws: Rejection.self) { try rejected.get() }
        #expect(try after.get() == [1])
    }

    @Test("may have attempts within attempts, of which each drops just its own part")
    func nestsAttempts() throws {
        let test = try TestEngine()
        let ids = try test.write { work throws in
            work.insert(Box(id: 1))
            try? work.attempt { work throws(Rejection) in
                work.insert(Box(id: 2))
                work.append(2)
                try? work.attempt { work throws(Rejection) in
                    work.insert(Box(id: 3))
                    work.append(3)
                    throw Rejection()
                }
                work.append(4)
            }
            try? work.attempt { work throws(Rejection) in
                work.attempt { $0.insert(Box(id: 5)) }
                throw Rejection()
            }
            var ids: [Int64] = []
            for id in 1...5 where try work.find(Box.self, Int64(id)) != nil { ids.append(Int64(id)) }
            return ids
        }
        #expect(ids == [1, 2])
        #expect(
            try test.test.read { [try $0.event(at: 1), try $0.event(at: 2), try $0.event(at: 3)] } == [[2], [4], nil])
    }

    @Test("of which the event's bytes could not be written leaves none of them")
    func dropsHalfWrittenEvent() throws {
        let test = try TestEngine()
        try test.write { work throws in
            _ = try? work.appendEntry { bytes in
                bytes += [9, 9, 9]
                throw Rejection()
            }
            work.append(1)
        }
        #expect(try test.test.read { try $0.event(at: 1) } == [1])
        #expect(try test.test.read { $0.asOf } == 1)
    }
}
