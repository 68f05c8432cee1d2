import Foundation
import Storage
import SummaTestKit
import Testing

@Suite("Runs after a process that died", .enabled(if: TestStore.isSQLite, "about SQLite files"))
struct RunRecoveryTests {
    private let room: ParcelRoom

    init() throws {
        room = try ParcelRoom()
        for id in Int64(1)...10 { try room.store(Parcel(id, "label-\(id)", shelf: id % 2)) }
        #expect(try room.runCount() == 2)
    }

    private func files() throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: room.runsPath))
    }

    private func expectWhole() throws {
        for id in Int64(1)...10 { #expect(try room.find("label-\(id)") == id) }
        #expect(try room.page(1) == [9, 7, 5, 3, 1])
        #expect(throws: StorageFault.self) { try room.store(Parcel(100, "label-1")) }
        #expect(throws: StorageFault.self) { try room.store(Parcel(100, "label-10")) }
        #expect(try files() == ["parcel-1.run", "parcel-2.run"])
    }

    @Test("while it wrote one: the draft is removed and the rows are in memory again")
    func removesDraft() throws {
        try Data("half".utf8).write(to: URL(filePath: room.runsPath + "/parcel-3.run.draft"))
        try room.test.reopen()
        try expectWhole()
        for id in Int64(11)...12 { try room.store(Parcel(id, "label-\(id)")) }
        #expect(try files().contains("parcel-3.run"))
    }

    @Test("when it had written one and not named it: the file is removed, and made again when it is time")
    func removesUnnamed() throws {
        room.test.close()
        let connection = try SQLiteConnection(
            path: room.test.directory.path + "/summa.sqlite", access: .readWrite)
        try connection.execute("DELETE FROM run WHERE number = 2; DELETE FROM run_range WHERE number = 2")
        try room.test.reopen()
        // Six rows are enough for a run at once.
        try expectWhole()
        #expect(try room.runCount() == 2)
    }

    @Test("when it had named one: a file that is missing, damaged, cut or another's is made anew", arguments: 0..<4)
    func restores(damage: Int) throws {
        room.test.close()
        let file = URL(filePath: room.runsPath + "/parcel-1.run")
        var bytes = try Data(contentsOf: file)
        let whole = bytes
        switch damage {
        case 0: try FileManager.default.removeItem(at: file)
        case 1:
            bytes[bytes.count / 2] ^= 4
            try bytes.write(to: file)
        case 2: try bytes.dropLast(4_096).write(to: file)
        default: try Data(contentsOf: URL(filePath: room.runsPath + "/parcel-2.run")).write(to: file)
        }
        try room.test.reopen()
        try expectWhole()
        #expect(try Data(contentsOf: file) == whole, "the same rows make the same file")
    }

    @Test("of which every side file was lost: all are made anew")
    func restoresAll() throws {
        room.test.close()
        try FileManager.default.removeItem(atPath: room.runsPath)
        try room.test.reopen()
        try expectWhole()
    }

    @Test("of an older version, which kept indexes: they are dropped, and the rows sorted into runs")
    func convertsIndexes() throws {
        room.test.close()
        try FileManager.default.removeItem(atPath: room.runsPath)
        let path = room.test.directory.path + "/summa.sqlite"
        let connection = try SQLiteConnection(path: path, access: .readWrite)
        try connection.execute(
            """
            DROP TABLE run; DROP TABLE run_range; CREATE UNIQUE INDEX parcel_by_label ON parcel (book, label);
            CREATE INDEX parcel_by_shelf ON parcel (book, shelf, id)
            """)
        try room.test.reopen()
        try expectWhole()
        let reader = try SQLiteConnection(path: path, access: .readOnly)
        #expect(
            try reader.integer(
                "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'parcel' AND sql > ''") == 0)
    }

    @Test("keep the hashes they were made with, whoever opens them next")
    func keepsSeed() throws {
        room.test.close()
        let database = try Database(
            .directory(room.test.directory.path), migrations: [Parcel.migration], log: ChainedLog(),
            clock: ManualClock(),
            writer: 77,
            configuration: {
                var stepped = Database.Configuration(); stepped.runsOwnThread = false; return stepped
            }(),
            stop: { _ in })
        #expect(try database.read(.first) { try $0.find(Parcel.byLabel, "label-2")?.id.rawValue } == 2)
        #expect(try database.read(.first) { try $0.find(Parcel.byLabel, "label-10")?.id.rawValue } == 10)
        database.close()
    }
}
