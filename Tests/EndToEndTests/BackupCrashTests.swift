import Foundation
import SummaTestKit
import Testing

/// Backup, restore and the beginning of an epoch, each killed at random moments and run again.
@Suite("Backing up and restoring, killed on the way", .serialized)
struct BackupCrashTests {
    @Test(
        "leaves a backup that is whole or that nobody takes for one, and puts it back as soon as it is run to its end",
        .timeLimit(.minutes(5)), arguments: SeededGenerator.seeds(1))
    func killed(seed: UInt64) throws {
        var chance = SeededGenerator(seed: seed)
        let scratch = try Scratch()
        let books = scratch.file("books")
        try expectSuccess(["init", "--data", books])
        for round in 0..<4 {
            let backup = try backedUp(books, scratch, round, &chance)
            let data = scratch.file("restored-\(round)")
            try runToItsEnd(["restore", "--from", backup, "--data", data], untilThere: data + "/summa.sqlite", &chance)
            let refused = try SummaProcess.run(["keys", "list", "--data", data])
            #expect(refused.errors.contains("log_behind_checkpoint"), "\(refused.errors)")
            try kill(["new-epoch", "--data", data], &chance)
            try expectSuccess(["new-epoch", "--data", data])
            try expectSuccess(["new-epoch", "--data", data])
            try expectSuccess(["verify", "--data", data])
            try expectSuccess(["keys", "list", "--data", data])
        }
    }

    /// A whole backup: the one that was killed where it came so far, else another beside it.
    private func backedUp(
        _ books: String, _ scratch: Scratch, _ round: Int, _ chance: inout SeededGenerator
    ) throws -> String {
        let broken = scratch.file("backup-\(round)")
        try kill(["backup", "--data", books, "--out", broken], &chance)
        if FileManager.default.fileExists(atPath: broken + "/backup.json") { return broken }
        let refused = try SummaProcess.run(["restore", "--from", broken, "--data", scratch.file("nothing")])
        #expect(refused.status != 0)
        #expect(refused.errors.contains("no whole backup"), "\(refused.errors)")
        #expect(!FileManager.default.fileExists(atPath: scratch.file("nothing") + "/summa.sqlite"))
        let whole = scratch.file("backup-\(round)-again")
        try expectSuccess(["backup", "--data", books, "--out", whole])
        return whole
    }

    /// Kills it until it has come to its end, or lets it come there.
    private func runToItsEnd(_ arguments: [String], untilThere file: String, _ chance: inout SeededGenerator) throws {
        for _ in 0..<3 where !FileManager.default.fileExists(atPath: file) { try kill(arguments, &chance) }
        if !FileManager.default.fileExists(atPath: file) { try expectSuccess(arguments) }
    }

    /// Starts it and kills it within the time it usually takes.
    private func kill(_ arguments: [String], _ chance: inout SeededGenerator) throws {
        let process = try SummaProcess(arguments)
        usleep(UInt32.random(in: 0..<200_000, using: &chance))
        process.kill()
        _ = try process.wait()
    }

    private func expectSuccess(_ arguments: [String]) throws {
        let run = try SummaProcess.run(arguments)
        #expect(run.status == 0, "\(arguments): \(run.output)\(run.errors)")
    }
}
