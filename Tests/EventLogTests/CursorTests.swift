import EventLog
import Storage
import SummaTestKit
import Testing

@Suite("A follower's cursor")
struct CursorTests {
    private let test: TestDatabase

    init() throws {
        test = try TestDatabase([Migration(4, "cursors", [.table(Cursor.table)])])
    }

    private func advance(to sequence: Int64, fence: Int64) throws {
        try test.write { work in
            try Cursor.advance("f", to: sequence, under: Charge(book: .first, fence: fence), in: &work)
        }
    }

    private var position: Int64 {
        get throws { try test.read { try Cursor.position(of: "f", in: $0) } }
    }

    @Test("goes forward and never back")
    func forward() throws {
        try advance(to: 5, fence: 0)
        try advance(to: 3, fence: 0)
        #expect(try position == 5)
        try advance(to: 6, fence: 0)
        #expect(try position == 6)
    }

    @Test("is moved no more by whoever had the charge before, from its successor's first move on")
    func fenced() throws {
        try advance(to: 5, fence: 1)
        try advance(to: 6, fence: 1)
        try advance(to: 7, fence: 2)
        #expect(throws: ChargeLost.self) { try advance(to: 8, fence: 1) }
        #expect(try position == 7)
        try advance(to: 8, fence: 2)
        #expect(try position == 8)
    }
}
