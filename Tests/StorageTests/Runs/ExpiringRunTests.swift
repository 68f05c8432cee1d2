import Foundation
import Storage
import SummaTestKit
import Testing

/// Keys in runs of a table whose rows are taken away when their time is over, the oldest first.
@Suite("Keys in runs whose rows go", .enabled(if: TestStore.isSQLite, "about SQLite files"))
struct ExpiringRunTests {
    private struct Rejection: Error {}

    private func room(rowsPerRun: Int = 4) throws -> TestDatabase {
        try TestDatabase([Voucher.migration]) { $0.runs.rowsPerRun = rowsPerRun }
    }

    private func isConstraint(_ error: any Error) -> Bool {
        guard case StorageFault.constraint = error else { return false }
        return true
    }

    private func store(_ ids: ClosedRange<Int64>, in test: TestDatabase) throws {
        for id in ids { try test.write { $0.insert(Voucher(id, "code-\(id)")) } }
    }

    private func remove(_ ids: ClosedRange<Int64>, in test: TestDatabase) throws {
        try test.write { work in
            for id in ids where try work.find(Voucher.self, VoucherID(rawValue: id)) != nil {
                work.delete(Voucher.self, VoucherID(rawValue: id))
            }
        }
    }

    private func find(_ code: String, in test: TestDatabase) throws -> Int64? {
        let found = try test.write { try $0.find(Voucher.byCode, code)?.id.rawValue }
        #expect(try test.read { try $0.find(Voucher.byCode, code)?.id.rawValue } == found, "readers agree")
        return found
    }

    private func runFiles(of test: TestDatabase) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: test.directory.path + "/runs").sorted()
    }

    /// The body takes the row of this code away and adds one of the same.
    private func renew(_ code: String, as id: Int64, in work: inout UnitOfWork) throws {
        if let old = try work.find(Voucher.byCode, code) { work.delete(Voucher.self, old.key) }
        work.insert(Voucher(id, code))
    }

    @Test("free a value with its row, wherever the row stands", arguments: [false, true], [1, 100])
    func frees(isReopened: Bool, rowsPerRun: Int) throws {
        let test = try room(rowsPerRun: rowsPerRun)
        try store(1...3, in: test)
        if isReopened { try test.reopen() }
        #expect { try test.write { $0.insert(Voucher(4, "code-1")) } } throws: { isConstraint($0) }
        try test.write { try renew("code-1", as: 4, in: &$0) }
        #expect(try find("code-1", in: test) == 4)
        #expect { try test.write { $0.insert(Voucher(5, "code-1")) } } throws: { isConstraint($0) }
        try remove(4...4, in: test)
        #expect(try find("code-1", in: test) == nil)
        try test.write { $0.insert(Voucher(5, "code-1")) }
        if isReopened { try test.reopen() }
        #expect(try find("code-1", in: test) == 5)
        #expect(try test.read { try $0.select(Voucher.self, "id > 0 ORDER BY id").map(\.id.rawValue) } == [2, 3, 5])
    }

    @Test("free a value within a batch and within a body, and not when the body fails")
    func freesWithinBatch() throws {
        let test = try room(rowsPerRun: 100)
        var outcomes: [Result<Void, any Error>] = []
        func enqueue(_ body: @escaping (inout UnitOfWork) throws -> Void) {
            test.database.enqueue(.first, body: body) { outcomes.append($0) }
        }
        enqueue { $0.insert(Voucher(1, "a")) }
        enqueue { work in
            try renew("a", as: 2, in: &work)
            throw Rejection()
        }
        enqueue { $0.insert(Voucher(3, "a")) }
        enqueue { try renew("a", as: 4, in: &$0) }
        enqueue { work in
            try renew("a", as: 5, in: &work)
            try renew("a", as: 6, in: &work)
        }
        test.database.runBatch()
        #expect(outcomes.map { (try? $0.get()) != nil } == [true, false, false, true, true])
        #expect(throws: Rejection.self) { try outcomes[1].get() }
        #expect { try outcomes[2].get() } throws: { isConstraint($0) }
        #expect(try find("a", in: test) == 6)
        try test.reopen()
        #expect(try find("a", in: test) == 6)
    }

    @Test("are dropped, file and name, when their rows have gone: as the next run is made, and at a start")
    func drops() throws {
        let test = try room()
        try store(1...12, in: test)
        #expect(try Database.runCount(in: test.directory.path) == 3)
        try remove(1...3, in: test)
        try store(13...16, in: test)
        // One row is left in the first of them.
        #expect(try runFiles(of: test) == (1...4).map { "voucher-\($0).run" })
        try remove(4...4, in: test)
        try store(17...20, in: test)
        #expect(try runFiles(of: test) == (2...5).map { "voucher-\($0).run" })
        #expect(try Database.runCount(in: test.directory.path) == 4)
        try remove(5...12, in: test)
        try test.reopen()
        #expect(try runFiles(of: test) == (4...5).map { "voucher-\($0).run" })
        #expect(try Database.runCount(in: test.directory.path) == 2)
        #expect(try find("code-4", in: test) == nil)
        #expect(try find("code-13", in: test) == 13)
        try store(21...24, in: test)
        #expect(try runFiles(of: test) == (4...6).map { "voucher-\($0).run" })
    }

    @Test("are gone after a death between the commit that dropped them and the removal of their file")
    func diesWhileDropping() throws {
        let test = try room()
        try store(1...8, in: test)
        let file = test.directory.path + "/runs/voucher-1.run"
        let bytes = try #require(FileManager.default.contents(atPath: file))
        try remove(1...4, in: test)
        try store(9...12, in: test)
        #expect(try runFiles(of: test) == (2...3).map { "voucher-\($0).run" })
        test.close()
        try bytes.write(to: URL(fileURLWithPath: file))
        try test.reopen()
        #expect(try runFiles(of: test) == (2...3).map { "voucher-\($0).run" })
        #expect(try find("code-1", in: test) == nil)
        try test.write { $0.insert(Voucher(13, "code-1")) }
        #expect(try find("code-1", in: test) == 13)
    }

    @Test("are made anew of the rows that are left, where their file is lost")
    func lostFile() throws {
        let test = try room()
        try store(1...8, in: test)
        try remove(1...2, in: test)
        test.close()
        try FileManager.default.removeItem(atPath: test.directory.path + "/runs/voucher-1.run")
        try test.reopen()
        #expect(try runFiles(of: test) == (1...2).map { "voucher-\($0).run" })
        for id in Int64(1)...8 { #expect(try find("code-\(id)", in: test) == (id < 3 ? nil : id)) }
        #expect { try test.write { $0.insert(Voucher(9, "code-4")) } } throws: { isConstraint($0) }
    }

    @Test("stay as long as one of their books has a row")
    func twoBooks() throws {
        let second = BookID(rawValue: 2)
        let test = try TestDatabase([Voucher.migration], books: [.first, second]) { $0.runs.rowsPerRun = 4 }
        for id in Int64(1)...2 {
            try test.write { $0.insert(Voucher(id, "code-\(id)")) }
            try test.write(second) { $0.insert(Voucher(id, "code-\(id)")) }
        }
        try remove(1...2, in: test)
        try store(3...6, in: test)
        #expect(try runFiles(of: test) == (1...2).map { "voucher-\($0).run" })
        #expect(try test.write(second) { try $0.find(Voucher.byCode, "code-2")?.id.rawValue } == 2)
    }

    @Test("agree with a dictionary, whatever comes and goes", arguments: SeededGenerator.seeds(10))
    func agree(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let test = try room(rowsPerRun: .random(in: 1...9, using: &random))
        var model: [String: Int64] = [:]
        var last: Int64 = 0
        for _ in 1...300 {
            let code = "code-\(Int.random(in: 1...12, using: &random))"
            switch Int.random(in: 1...20, using: &random) {
            case 1:
                try test.reopen()
            case 2...8:
                last += 1
                let id = last
                try test.write { try renew(code, as: id, in: &$0) }
                model[code] = id
            case 9...12:
                guard let id = model.removeValue(forKey: code) else { continue }
                try remove(id...id, in: test)
            case 13...15:
                last += 1
                let id = last
                let isTaken = model[code] != nil
                do {
                    try test.write { $0.insert(Voucher(id, code)) }
                    #expect(!isTaken, "seed \(seed)")
                    model[code] = id
                } catch {
                    #expect(isTaken && isConstraint(error), "seed \(seed): \(error)")
                }
            default:
                #expect(try find(code, in: test) == model[code], "seed \(seed)")
            }
        }
    }
}
