import Foundation
import SummaTestKit
import Testing

/// Who may begin an epoch, and who may not open the books before: on a file, and in PostgreSQL, where books are opened from
/// more than one data directory.
@Suite("The mark of a restore", .serialized)
struct RestoredMarkTests {
    @Test("keeps everybody from the books until they begin an epoch; books nobody put back begin none unasked")
    func onSQLite() throws {
        let scratch = try Scratch()
        try expectMarked(scratch, BooksPlace(data: scratch.file("books")))
    }

    @Test(
        "is in the database on PostgreSQL, too",
        .enabled(if: OwnPostgres.isPossible, "needs a PostgreSQL server"))
    func onPostgres() throws {
        let scratch = try Scratch()
        let place = try BooksPlace(data: scratch.file("books"), server: OwnPostgres())
        try expectSuccess(["migrate"] + place.storeArguments)
        try expectMarked(scratch, place)
    }

    @Test(
        "is put back with all of a dump on PostgreSQL, or neither is: whether the dump is broken or the restore is killed",
        .enabled(if: OwnPostgres.isPossible, "needs a PostgreSQL server"),
        arguments: SeededGenerator.seeds(1))
    func wholeOrNot(seed: UInt64) throws {
        var chance = SeededGenerator(seed: seed)
        let scratch = try Scratch()
        let place = try BooksPlace(data: scratch.file("books"), server: OwnPostgres())
        let restore = ["restore", "--from", scratch.file("backup")] + place.arguments
        try expectSuccess(["migrate"] + place.storeArguments)
        try expectSuccess(["init"] + place.arguments)
        try expectSuccess(["backup", "--out", scratch.file("backup")] + place.arguments)
        for _ in 0..<4 {
            try place.loseDatabase()
            try withHalf(of: scratch.file("backup/summa.pgdump")) {
                try expectRefusal(restore, saying: "pg_restore failed")
            }
            let process = try SummaProcess(restore)
            usleep(UInt32.random(in: 0..<400_000, using: &chance))
            process.kill()
            _ = try process.wait()
            // Where it had come to its end, it is refused now.
            _ = try SummaProcess.run(restore)
            try expectRefusal(["keys", "list"] + place.arguments, saying: "log_behind_checkpoint: the books in")
        }
        try expectSuccess(["new-epoch"] + place.arguments)
        try expectSuccess(["verify"] + place.arguments)
    }

    /// While a file is cut in the middle.
    private func withHalf(of file: String, _ body: () throws -> Void) throws {
        let whole = try #require(FileManager.default.contents(atPath: file))
        try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: file))
        defer { try? whole.write(to: URL(fileURLWithPath: file)) }
        try body()
    }

    private func expectMarked(_ scratch: Scratch, _ place: BooksPlace) throws {
        try expectSuccess(["init"] + place.arguments)
        try expectRefusal(["new-epoch"] + place.arguments, saying: "nothing shows that the books in \(place.data)")
        try expectSuccess(["keys", "list"] + place.arguments)

        try expectSuccess(["backup", "--out", scratch.file("backup")] + place.arguments)
        try place.loseDatabase()
        try expectSuccess(["restore", "--from", scratch.file("backup")] + place.arguments)
        // Nothing was signed since, so that nothing but the mark tells of the restore.
        let other = try another(place, in: scratch)
        for arguments in [place.arguments, other.arguments] {
            for command in [["keys", "list"], ["serve", "--listen", "127.0.0.1:0"]] {
                try expectRefusal(command + arguments, saying: "log_behind_checkpoint: the books in")
            }
        }
        try expectSuccess(["new-epoch"] + place.arguments)
        try expectSuccess(["keys", "list"] + place.arguments)
        try expectSuccess(["new-epoch"] + place.arguments)
        try expectSuccess(["keys", "create", "--principal", "carl", "--role", "auditor"] + place.arguments)
        try expectRefusal(["new-epoch"] + place.arguments, saying: "--rewound")
        try expectSuccess(["new-epoch", "--rewound"] + place.arguments)
        try expectSuccess(["verify"] + place.arguments)
    }

    /// The same books, opened from another process's data directory; of a file, the directory carried elsewhere.
    private func another(_ place: BooksPlace, in scratch: Scratch) throws -> BooksPlace {
        let data = scratch.file("elsewhere")
        try FileManager.default.copyItem(atPath: place.data, toPath: data)
        return place.opened(from: data)
    }

    private func expectRefusal(_ arguments: [String], saying text: String) throws {
        let refused = try SummaProcess.run(arguments)
        #expect(refused.status != 0, "\(arguments): \(refused.output)")
        #expect(refused.errors.contains(text), "\(arguments): \(refused.errors)")
    }

    private func expectSuccess(_ arguments: [String]) throws {
        let run = try SummaProcess.run(arguments)
        #expect(run.status == 0, "\(arguments): \(run.output)\(run.errors)")
    }
}
