import Foundation
import Storage
import SummaTestKit
import Testing

/// The server is killed in the midst of a recovery, started again, and the recovery run again, several times.
@Suite("Recovering what was forgotten, killed on the way", .serialized)
struct RecoveryCrashTests {
    @Test(
        "doubles nothing, leaves nothing out, and has nothing open in the end", .timeLimit(.minutes(5)),
        arguments: SeededGenerator.seeds(1))
    func onSQLite(seed: UInt64) throws {
        let scratch = try Scratch()
        var drill = RecoveryDrill(scratch, try BooksPlace(data: scratch.file("books")), seed: seed)
        try drill.run()
    }

    @Test(
        "doubles nothing on PostgreSQL, either", .timeLimit(.minutes(5)),
        .enabled(if: OwnPostgres.isPossible, "needs a PostgreSQL server"),
        arguments: SeededGenerator.seeds(1))
    func onPostgres(seed: UInt64) throws {
        let scratch = try Scratch()
        let place = try BooksPlace(data: scratch.file("books"), server: OwnPostgres())
        var drill = RecoveryDrill(scratch, place, seed: seed)
        try drill.run()
    }
}

/// One drill: payments that a backup lacks, and a server that dies while they are recovered.
private struct RecoveryDrill {
    private let scratch: Scratch
    private let place: BooksPlace
    private var chance: SeededGenerator
    private static let killCount = 4
    private static let forgottenCount = 40

    init(_ scratch: Scratch, _ place: BooksPlace, seed: UInt64) {
        self.scratch = scratch
        self.place = place
        chance = SeededGenerator(seed: seed)
    }

    mutating func run() throws {
        if let store = place.store { try expectSuccess(["migrate", "--store", store]) }
        let before = try ServedBooks(place)
        let keys = try #require(before.keys)
        try expectSuccess(["backup", "--out", scratch.file("backup")] + place.arguments)
        let shop = DrilledShop(before, key: keys.shop)
        try order(from: shop)
        try before.waitUntilProviderRests()
        let standings = try before.standings(of: shop.payments, key: keys.shop)
        let effects = try before.providerEffects()
        try before.stop(gracefully: true)

        let after = try recoverKilled(restored(keys), keys)
        #expect(try after.standings(of: shop.payments, key: keys.shop) == standings)
        #expect(try after.providerEffects() == effects)
        try after.expectSettled(keys)
        try after.stop(gracefully: true)
        #expect(try count("payment") == Self.forgottenCount)
        try expectSuccess(["verify"] + place.arguments)
    }

    /// All that may be forgotten and is named by a file, in an order of chance.
    private mutating func order(from shop: DrilledShop) throws {
        for number in 0..<Self.forgottenCount {
            switch Int.random(in: 0..<4, using: &chance) {
            case 0: try shop.refund(shop.charge(5_000 + number), 100 + number)
            case 1: try shop.capture(shop.charge(6_000 + number, capture: "manual"), 2_000, isFinal: true)
            default: try shop.charge(3_000 + number)
            }
        }
    }

    /// The books put back, with the file that names what they lack.
    private func restored(_ keys: ServedBooks.Keys) throws -> ServedBooks {
        try place.loseDatabase()
        try expectSuccess(["restore", "--new-epoch", "--from", scratch.file("backup")] + place.arguments)
        let books = try ServedBooks(place)
        let file = scratch.file("settlement.csv")
        try books.settlement().write(to: URL(fileURLWithPath: file))
        let imported = try SummaProcess.run(
            ["reconcile", file, "--url", books.url, "--provider-account", "sandbox"],
            environment: ["SUMMA_API_KEY": keys.operators])
        #expect(imported.status == 0, "\(imported.errors)")
        #expect(try books.openBreaks(keys).count >= Self.forgottenCount)
        return books
    }

    /// Kills the server whenever a few more have been recovered, and lets the last recovery come to its end.
    private mutating func recoverKilled(_ first: ServedBooks, _ keys: ServedBooks.Keys) throws -> ServedBooks {
        var books = first
        var counts: [Int] = []
        for number in 0..<Self.killCount {
            let goal = try count("payment") + Int.random(in: 1...8, using: &chance)
            let recovery = try recover(books, keys)
            while try recovery.isRunning && count("payment") < goal { usleep(2_000) }
            usleep(UInt32.random(in: 0..<20_000, using: &chance))
            try books.stop(gracefully: false)
            let outcome = try recovery.wait()
            counts.append(try count("payment"))
            print("kill \(number + 1): \(counts[number]) of \(Self.forgottenCount) recovered, exit \(outcome.status)")
            books = try ServedBooks(place)
        }
        #expect(
            counts.contains { 0 < $0 && $0 < Self.forgottenCount }, "no kill met a recovery in its midst: \(counts)")
        let last = try recover(books, keys).wait()
        #expect(last.status == 0, "\(last.errors)")
        #expect(last.json["unexplained_lines"]?.integer == 0, "\(last.output)")
        let again = try recover(books, keys).wait()
        for outcome in ["recovered", "completed", "unknown_there", "unanswered"] {
            #expect(again.json[outcome]?.integer == 0, "\(again.output)")
        }
        return books
    }

    private func recover(_ books: ServedBooks, _ keys: ServedBooks.Keys) throws -> SummaProcess {
        try SummaProcess(
            ["recover", "--json", "--url", books.url, "--provider-account", "sandbox"],
            environment: ["SUMMA_API_KEY": keys.operators])
    }

    /// How many rows a table of the shop's book has.
    private func count(_ table: String) throws -> Int {
        let snapshot = try Snapshot(of: place.database)
        let head = try #require(snapshot.heads.first { $0.name == "main" })
        var count: Int64 = 0
        try snapshot.rows(of: head).query("SELECT count(*) FROM \(table) WHERE book = ?1") { count = $0.integer() }
        return Int(count)
    }

    private func expectSuccess(_ arguments: [String]) throws {
        let run = try SummaProcess.run(arguments)
        #expect(run.status == 0, "\(arguments): \(run.output)\(run.errors)")
    }
}
