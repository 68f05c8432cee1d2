import EventLog
import JSON
import Storage
import SummaTestKit
import Testing

@testable import Delivery

@Suite("A projection's worker")
struct ProjectionWorkerTests {
    private let store: TestDatabase

    init() throws {
        store = try TestDatabase(
            [DeliverySchema.migration, Migration(90, "tally", [.table(TallyRow.table)])], log: MerkleLog(),
            runsOwnThread: true)
    }

    @Test("applies every event once and in order, over pages and starts, and says how far it has come")
    func eachOnce() async throws {
        for amount in 1...5 { try await append(Int64(amount)) }
        while try await worker(pageCount: 2).step() {}
        #expect(try tally() == TallyRow(sum: 15, last: 5))
        #expect(try worker().position(of: .first) == 5)
        try store.reopen()
        _ = try await worker().step()
        try await append(6)
        _ = try await worker().step()
        #expect(try tally() == TallyRow(sum: 21, last: 6))
        #expect(try worker().position(of: .first) == 6)
    }

    @Test("moves nothing when an event cannot be applied: rows and cursor are one commit")
    func whole() async throws {
        try await append(1)
        _ = try await worker().step()
        try await append(2)
        try await append(-1)
        await #expect(throws: TallyProjection.Negative.self) { try await worker().step() }
        #expect(try tally() == TallyRow(sum: 1, last: 1))
        #expect(try worker().position(of: .first) == 1)
    }

    @Test("is one of two that race, and still each event is applied once")
    func race() async throws {
        for amount in 1...50 { try await append(Int64(amount)) }
        let worker = worker(pageCount: 3)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...4 {
                group.addTask { while try await worker.step() {} }
            }
            try await group.waitForAll()
        }
        #expect(try tally() == TallyRow(sum: 1_275, last: 50))
    }

    private func worker(pageCount: Int = 500) -> ProjectionWorker {
        ProjectionWorker(TallyProjection(), on: store.database, pageCount: pageCount)
    }

    private func tally() throws -> TallyRow? { try store.read { try $0.find(TallyRow.self, 1) } }

    private func append(_ amount: Int64) async throws {
        _ = try await store.database.write(.first) { work in
            work.append(Counted(amount: amount), context: EventContext(actor: "test"))
        }
    }
}

/// The sum of all amounts, and the last.
struct TallyRow: Row, Hashable {
    var sum: Int64
    var last: Int64

    var key: Int64 { 1 }

    static let table = TableDefinition<TallyRow>(
        "tally", .derived, columns: [.integer("id"), .integer("sum"), .integer("last")])

    init(sum: Int64, last: Int64) {
        self.sum = sum
        self.last = last
    }

    func write(to columns: inout ColumnWriter) {
        columns.integer(key)
        columns.integer(sum)
        columns.integer(last)
    }

    init(from columns: inout ColumnReader) throws {
        _ = columns.integer()
        sum = columns.integer()
        last = columns.integer()
    }
}

struct TallyProjection: Projection {
    struct Negative: Error {}

    var name: String { "tally" }
    var tables: [any TableDescription] { [TallyRow.table] }

    func read(_ event: EventDocument) throws -> ProjectedChange? {
        let amount = try event.content(as: Counted.self).amount
        return ProjectedChange(expecting: [.row(TallyRow.self, 1)]) { work in
            guard amount >= 0 else { throw Negative() }
            if let known = try work.find(TallyRow.self, 1) {
                work.update(TallyRow(sum: known.sum + amount, last: amount))
            } else {
                work.insert(TallyRow(sum: amount, last: amount))
            }
        }
    }
}

struct Counted: EventContent {
    static let type = "summa.test.counted"
    static let meaning = "Something was counted."
    static let subjectMeaning = "nothing"
    static let fields = [EventField("amount", .integer, "how much")]
    static let example = Counted(amount: 1)

    let amount: Int64

    var subject: String { "none" }

    init(amount: Int64) { self.amount = amount }

    func write(to data: inout JSONWriter) { data.field("amount", amount) }

    init(subject: String, from data: inout JSONFields) throws { amount = try data.integer("amount") }
}
