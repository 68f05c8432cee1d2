import Foundation
import Storage
import SummaTestKit
import Testing

@Suite("Keys in runs", .enabled(if: TestStore.isSQLite, "about SQLite files"))
struct RunsTests {
    /// Where a row stands when its value is tried again.
    enum Standing: CaseIterable { case sameBatch, tail, run, afterRestart, runAfterRestart }

    private func isConstraint(_ error: any Error) -> Bool {
        guard case StorageFault.constraint = error else { return false }
        return true
    }

    private func bring(_ standing: Standing, in room: ParcelRoom) throws {
        switch standing {
        case .sameBatch, .tail: break
        case .run: for id in Int64(2)...6 { try room.store(Parcel(id, "other-\(id)")) }
        case .afterRestart: try room.test.reopen()
        case .runAfterRestart:
            try bring(.run, in: room)
            try room.test.reopen()
        }
        #expect(try room.runCount() == (standing == .run || standing == .runAfterRestart ? 1 : 0))
    }

    @Test("refuse a value that another row has, wherever that row stands by now", arguments: Standing.allCases)
    func refusesTaken(standing: Standing) throws {
        let room = try ParcelRoom()
        try room.store(Parcel(1, "a"))
        try bring(standing, in: room)
        #expect { try room.store(Parcel(50, "a")) } throws: { isConstraint($0) }
        #expect(try room.find("a") == 1)
        // The refused row has left nothing: its number and another value are free.
        try room.store(Parcel(50, "b"))
        #expect(try room.find("b") == 50)
        #expect(try room.test.read { try $0.select(Parcel.self, "label = 'a'").count } == 1)
    }

    @Test("refuse the second of two bodies of one batch, and the second row of one body")
    func refusesWithinBatch() throws {
        let room = try ParcelRoom()
        var outcomes: [Result<Void, any Error>] = []
        for id in Int64(1)...2 {
            room.test.database.enqueue(.first, body: { $0.insert(Parcel(id, "a")) }) { outcomes.append($0) }
        }
        room.test.database.runBatch()
        #expect(throws: Never.self) { try outcomes[0].get() }
        #expect { try outcomes[1].get() } throws: { isConstraint($0) }
        #expect { try room.store(Parcel(3, "b"), Parcel(4, "b")) } throws: { isConstraint($0) }
        #expect(try room.find("a") == 1)
        #expect(try room.find("b") == nil)
    }

    @Test("find a row from memory, from a run and after a restart, and nothing under other values")
    func finds() throws {
        let room = try ParcelRoom()
        for id in Int64(1)...30 { try room.store(Parcel(id, id % 5 == 0 ? nil : "label-\(id)", shelf: id % 3)) }
        #expect(try room.runCount() == 7)
        for _ in 1...2 {
            for id in Int64(1)...31 {
                #expect(try room.find("label-\(id)") == (id % 5 == 0 || id == 31 ? nil : id))
            }
            try room.test.reopen()
        }
    }

    @Test("page a value's rows over runs and memory, the latest first, each once", arguments: [1, 3, 100])
    func pages(limit: Int) throws {
        let room = try ParcelRoom()
        for id in Int64(1)...22 { try room.store(Parcel(id, shelf: id % 2, other: id % 3 == 0 ? id % 2 : nil)) }
        for _ in 1...2 {
            var found: [Int64] = []
            while true {
                let page = try room.page(1, through: (found.last ?? .max) - 1, limit: limit)
                if page.isEmpty { break }
                #expect(page.count <= limit)
                found += page
            }
            #expect(found == stride(from: Int64(21), through: 1, by: -2).map { $0 })
            try room.test.reopen()
        }
    }

    @Test("keep the rows of books apart, whose numbers may be the same")
    func keepsBooksApart() throws {
        let second = BookID(rawValue: 2)
        let room = try ParcelRoom(books: [.first, second])
        for id in Int64(1)...9 {
            try room.store(Parcel(id, "label-\(id)", shelf: 1), in: .first)
            try room.store(Parcel(id, "label-\(id * 2)", shelf: 1), in: second)
        }
        for _ in 1...2 {
            #expect(try room.find("label-3") == 3)
            #expect(try room.find("label-3", in: second) == nil)
            #expect(try room.find("label-6", in: second) == 3)
            #expect(try room.page(1, in: second) == Array((1...9).reversed()))
            try room.test.reopen()
        }
    }

    @Test("take back what a refused or abandoned batch has filed")
    func takesBack() throws {
        struct Rejection: Error {}
        let room = try ParcelRoom(rowsPerRun: 100)
        #expect(throws: Rejection.self) {
            try room.test.write { work in
                work.insert(Parcel(1, "a"))
                throw Rejection()
            }
        }
        // The second row's number is taken, which only the database knows: the whole batch is taken back and run in halves.
        try room.store(Parcel(2, "b"))
        var outcomes: [Result<Void, any Error>] = []
        try room.test.reopen()
        for parcel in [Parcel(3, "c"), Parcel(2, "d"), Parcel(4, "e")] {
            room.test.database.enqueue(.first, body: { $0.insert(parcel) }) { outcomes.append($0) }
        }
        room.test.database.runBatch()
        #expect(outcomes.count == 3)
        #expect(try room.find("a") == nil)
        #expect(try room.find("c") == 3)
        #expect(try room.find("d") == nil)
        #expect(try room.find("e") == 4)
        #expect(try room.page(1) == [4, 3, 2])
    }

    @Test("refuse a row whose number is not above those before: a run is a range of numbers")
    func refusesLateNumber() throws {
        let room = try ParcelRoom()
        try room.store(Parcel(10, "a"))
        #expect { try room.store(Parcel(9, "b")) } throws: { isConstraint($0) }
        try room.store(Parcel(12, "c"), Parcel(11, "d"))
        #expect(try room.page(1) == [12, 11, 10])
    }

    @Test("show a reader of an older snapshot what that has, and not more")
    func readsSnapshots() throws {
        let room = try ParcelRoom()
        try room.store(Parcel(1, "a", shelf: 1))
        try room.test.read { rows in
            for id in Int64(2)...9 { try room.store(Parcel(id, "label-\(id)", shelf: 1)) }
            #expect(try rows.find(Parcel.byLabel, "a")?.id.rawValue == 1)
            #expect(try rows.find(Parcel.byLabel, "label-2") == nil)
            #expect(try rows.find(Parcel.byLabel, "label-9") == nil)
        }
        #expect(try room.find("label-9") == 9)
    }
}
