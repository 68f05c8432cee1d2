import Storage
import SummaTestKit
import Testing

@Suite("A PostgreSQL database", .enabled(if: TestStore.isPostgres, "needs a PostgreSQL server"), .serialized)
struct PostgresStoreTests {
    private static let widening = Migration(4, "widths", [.sql("ALTER TABLE box ADD COLUMN width BIGINT DEFAULT 7")])

    private func refusal(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "none"
        } catch { return "\(error)" }
    }

    @Test("that is behind the program is refused, naming the step, until it is migrated")
    func refusesBehind() throws {
        let test = try TestDatabase([Box.migration])
        let address = try test.postgresAddress()
        try test.write {
            $0.insert(Box(id: 1, content: 3)); $0.append()
        }
        let known = [Box.migration, Self.widening]
        #expect(refusal { _ = try PostgresStore(address, migrations: known) }.contains("step 4 (widths)"))
        #expect(try PostgresStore.migrate(address, to: known) == ["widths"])
        #expect(try PostgresStore.migrate(address, to: known) == [])
        #expect(refusal { _ = try PostgresStore(address, migrations: known) } == "none")
        #expect(try test.raw().integer("SELECT width FROM box WHERE id = 1 AND content = 3") == 7)
    }

    @Test("from the future is refused, and so is one whose step was edited")
    func refusesFuture() throws {
        let test = try TestDatabase([Box.migration])
        let address = try test.postgresAddress()
        try PostgresStore.migrate(address, to: [Box.migration, Self.widening])
        #expect(refusal { _ = try PostgresStore(address, migrations: [Box.migration]) }.contains("later version"))
        let edited = Migration(4, "widths", [.sql("ALTER TABLE box ADD COLUMN width BIGINT DEFAULT 8")])
        #expect(
            refusal { _ = try PostgresStore(address, migrations: [Box.migration, edited]) }
                .contains("is not the one this database was made with"))
    }

    @Test("is migrated once by many who try at once")
    func migratesOnce() async throws {
        let test = try TestDatabase([Box.migration])
        let address = try test.postgresAddress()
        let taken = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask { try PostgresStore.migrate(address, to: [Box.migration, Self.widening]).count }
            }
            return try await group.reduce(0, +)
        }
        #expect(taken == 1)
    }

    @Test("that would acknowledge what it may lose is refused by the setting's name")
    func refusesWeakSettings() throws {
        let test = try TestDatabase([Box.migration])
        let address = try test.postgresAddress()
        try test.raw().execute(
            "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET synchronous_commit = off'; END $$")
        #expect(refusal { _ = try PostgresWriter(address) }.contains("synchronous_commit is off"))
    }

    @Test("that nobody serves is told of in words, and nothing is written")
    func refusesAbsence() {
        let nowhere = PostgresAddress("postgres://nobody@127.0.0.1:1/none")
        #expect(refusal { _ = try PostgresWriter(nowhere) }.contains("no database server answers"))
    }

    @Test("refuses a text with U+0000, which it cannot hold, to the one who writes it and to nobody else")
    func refusesZeroCharacter() throws {
        let test = try TestEngine()
        let wrong = test.enqueue {
            $0.insert(Box(id: 1, label: "a\0b", content: 1)); return $0.append()
        }
        let right = test.enqueue {
            $0.insert(Box(id: 2, label: "ab", content: 1)); return $0.append()
        }
        test.engine.runBatch()
        #expect(throws: StorageFault.self) { try wrong.get() }
        #expect(try right.get() == 1)
        #expect(test.stops.isEmpty)
        #expect(try test.write { $0.append() } == 2)
    }

    @Test("takes a caller's text as it is, also where SQL has a meaning for it")
    func bindsText() throws {
        let test = try TestDatabase([Box.migration])
        let text = "'; DROP TABLE box; -- ?1 $1 \u{e9} e\u{301}"
        try test.write {
            $0.insert(Box(id: 1, label: text, content: 1)); $0.append()
        }
        #expect(try test.read { try $0.find(Box.byLabel, text)?.id } == 1)
    }
}
