import Storage
import SummaTestKit
import Testing

@Suite("The steps of a schema")
struct MigrationTests {
    private let first = Migration(2, "notes", [.sql("CREATE TABLE note (book INTEGER, text TEXT) STRICT")])
    private let second = Migration(3, "more of notes", [.sql("ALTER TABLE note ADD COLUMN size INTEGER")])

    private func open(_ migrations: [Migration], in directory: TemporaryDirectory) throws {
        let database = try Database(
            .directory(directory.path), migrations: migrations, log: ChainedLog(), clock: ManualClock(), writer: 1,
            stop: { _ in })
        database.close()
    }

    private func file(in directory: TemporaryDirectory) throws -> SQLiteConnection {
        try SQLiteConnection(path: Database.file(in: directory.path), access: .readWrite)
    }

    private func refusal(_ migrations: [Migration], in directory: TemporaryDirectory) throws -> String {
        let error = #expect(throws: StorageFault.self) { try open(migrations, in: directory) }
        return try #require(error).description
    }

    @Test("are taken once, and in the order of their versions")
    func takesEachOnce() throws {
        let directory = try TemporaryDirectory()
        try open([second, first], in: directory)
        try open([first, second], in: directory)
        #expect(try file(in: directory).integer("SELECT count(*) FROM schema_migration") == 3)
    }

    @Test("change a database that holds rows, and keep them", .enabled(if: TestStore.isSQLite, "about SQLite files"))
    func changesDatabaseWithRows() throws {
        let test = try TestDatabase([Box.migration])
        try test.write { work in
            work.insert(Box(id: 1, label: "a", content: 3))
            work.append()
        }
        test.close()
        let widening = Migration(
            4, "widths", [.sql("ALTER TABLE box ADD COLUMN width INTEGER NOT NULL DEFAULT 7 CHECK (width > 0)")])
        try open([Box.migration, widening], in: test.directory)
        let connection = try file(in: test.directory)
        #expect(try connection.integer("SELECT width FROM box WHERE id = 1 AND content = 3") == 7)
        #expect(try connection.integer("SELECT sequence FROM head") == 1)
    }

    @Test("of a later version make the database refused, naming the step")
    func refusesDatabaseFromTheFuture() throws {
        let directory = try TemporaryDirectory()
        try open([first, second], in: directory)
        let sentence = try refusal([first], in: directory)
        #expect(sentence.contains("step 3 (more of notes)"))
        #expect(sentence.contains("later version"))
    }

    @Test("that were edited make the database refused, naming the step")
    func refusesEditedStep() throws {
        let directory = try TemporaryDirectory()
        try open([first], in: directory)
        let edited = Migration(2, "notes", [.sql("CREATE TABLE note (book INTEGER, text BLOB) STRICT")])
        #expect(try refusal([edited], in: directory).contains("step 2 (notes)"))
        try open([first], in: directory)
    }

    @Test("are never slipped in below one that was taken")
    func refusesStepBelow() throws {
        let directory = try TemporaryDirectory()
        let third = Migration(4, "others", [.sql("CREATE TABLE other (book INTEGER) STRICT")])
        try open([first, third], in: directory)
        #expect(try refusal([first, second, third], in: directory).contains("step 3 (more of notes) is missing"))
    }

    @Test("that fail are taken back whole; those before stay, and the next start goes on from there")
    func resumesHalfWay() throws {
        let directory = try TemporaryDirectory()
        let failing = Migration(
            3, "broken", [.sql("CREATE TABLE half (book INTEGER) STRICT"), .sql("INSERT INTO nowhere VALUES (1)")])
        #expect(try refusal([first, failing], in: directory).contains("step 3 (broken)"))
        let connection = try file(in: directory)
        #expect(try connection.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'half'") == 0)
        #expect(try connection.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'note'") == 1)
        #expect(try connection.integer("SELECT max(version) FROM schema_migration") == 2)
        try open([first, second], in: directory)
        #expect(try connection.integer("SELECT max(version) FROM schema_migration") == 3)
    }

    @Test("have fingerprints that every letter of their SQL changes")
    func fingerprintsSQL() {
        let one = Migration(2, "a", [.sql("CREATE TABLE a (x INTEGER)")])
        let other = Migration(2, "a", [.sql("CREATE TABLE a (y INTEGER)")])
        let same = Migration(2, "a", [.sql("CREATE TABLE a (x INTEGER)")])
        #expect(one.fingerprint(for: .sqlite) == same.fingerprint(for: .sqlite))
        #expect(one.fingerprint(for: .sqlite) != other.fingerprint(for: .sqlite))
    }
}
