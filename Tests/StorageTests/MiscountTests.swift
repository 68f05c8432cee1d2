import Storage
import SummaTestKit
import Testing

@Suite("A batch whose rows were counted", .serialized)
struct MiscountTests {
    private let test: TestEngine

    init() throws {
        test = try TestEngine()
        try test.write { work in
            for number in Int64(1)...3 { work.insert(Box(id: number, content: 5)) }
            for _ in 0..<3 { work.append() }
        }
    }

    /// Changes boxes and inserts into every table there is, and so completes a tile.
    private func change(deleting: Bool) throws {
        try test.write { work in
            for number in Int64(1)...3 {
                guard var box = try work.find(Box.self, number) else { continue }
                box.content += 1
                if deleting { work.delete(Box.self, number) } else { work.update(box) }
            }
            work.insert(Box(id: 9))
            work.append()
        }
    }

    /// The batch is refused for the reason it should be, all of it, and the process stops.
    private func expectRefused(of statement: String, deleting: Bool = false) throws {
        do {
            try change(deleting: deleting)
            Issue.record("the batch was committed")
        } catch StorageFault.disagrees(let sentence) {
            for word in statement.split(separator: " ") { #expect(sentence.contains(word)) }
        }
        #expect(test.stops.count == 1)
        let raw = try test.test.raw()
        #expect(try raw.integer("SELECT count(*) FROM box WHERE content = 6 OR id = 9") == 0)
        #expect(try raw.integer("SELECT count(*) FROM event") == 3)
        #expect(try raw.integer("SELECT sequence FROM head") == 3)
        #expect(throws: StorageFault.self) { try test.write { $0.append() } }
    }

    @Test("is refused whole when one of them was taken away by somebody else", arguments: [false, true])
    func goneRow(deleting: Bool) throws {
        try test.test.raw().execute("DELETE FROM box WHERE id = 2")
        try expectRefused(of: deleting ? "DELETE FROM box" : "UPDATE box", deleting: deleting)
        #expect(try test.test.raw().integer("SELECT count(*) FROM box") == 2)
    }

    @Test(
        "is refused whole when something in the database passes one over",
        .enabled(if: TestStore.isPostgres, "needs a PostgreSQL server"),
        arguments: [("INSERT INTO", "box"), ("INSERT INTO", "event"), ("INSERT INTO", "tile"), ("UPDATE", "head")])
    func passedOver(verb: String, table: String) throws {
        let raw = try test.test.raw()
        try raw.execute(
            "CREATE FUNCTION pass_over() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'")
        try raw.execute(
            """
            CREATE TRIGGER pass_over BEFORE \(verb.prefix(6)) ON \(table) FOR EACH ROW EXECUTE FUNCTION pass_over()
            """)
        try expectRefused(of: "\(verb) \(table)")
    }

    @Test("is taken when it changes each row it was sent")
    func taken() throws {
        try change(deleting: false)
        #expect(try test.test.raw().integer("SELECT count(*) FROM box WHERE content = 6") == 3)
        #expect(try test.test.raw().integer("SELECT count(*) FROM event") == 4)
        #expect(test.stops.isEmpty)
    }
}
