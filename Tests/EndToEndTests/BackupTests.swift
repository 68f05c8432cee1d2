import Foundation
import Storage
import SummaTestKit
import Testing

/// The whole drill: the database is lost, a backup is put back, and what it lacks is recovered from the provider.
@Suite("Books put back from a backup", .serialized)
struct BackupTests {
    @Test(
        "are recovered whole: what was forgotten comes back from the provider, and nothing is open in the end",
        .timeLimit(.minutes(5)), arguments: SeededGenerator.seeds(1))
    func onSQLite(seed: UInt64) throws {
        let scratch = try Scratch()
        var drill = Drill(scratch, place: try BooksPlace(data: scratch.file("books")), seed: seed)
        try drill.run()
    }

    @Test(
        "are recovered whole on PostgreSQL, too", .timeLimit(.minutes(5)),
        .enabled(if: OwnPostgres.isPossible, "needs a PostgreSQL server"),
        arguments: SeededGenerator.seeds(1))
    func onPostgres(seed: UInt64) throws {
        let scratch = try Scratch()
        let place = try BooksPlace(data: scratch.file("books"), server: OwnPostgres())
        var drill = Drill(scratch, place: place, seed: seed)
        try drill.run()
    }
}

/// One drill.
private struct Drill {
    let place: BooksPlace
    private let backup: String
    private let scratch: Scratch
    private var chance: SeededGenerator

    init(_ scratch: Scratch, place: BooksPlace, seed: UInt64) {
        self.scratch = scratch
        self.place = place
        backup = scratch.file("backup")
        chance = SeededGenerator(seed: seed)
    }

    mutating func run() throws {
        if let store = place.store { try expectSuccess(["migrate", "--store", store]) }
        let before = try ServedBooks(place)
        let keys = try #require(before.keys)
        let shop = DrilledShop(before, key: keys.shop)
        let running = try workAcrossBackup(shop)
        #expect(try running.wait().status == 0)
        try forgettable(shop)
        try before.waitUntilProviderRests()
        let standings = try before.standings(of: shop.payments, key: keys.shop)
        let effects = try before.providerEffects()
        try before.stop(gracefully: Bool.random(using: &chance))

        try restore()
        let after = try ServedBooks(place)
        try recover(after, keys)
        #expect(try after.standings(of: shop.payments, key: keys.shop) == standings)
        #expect(try after.providerEffects() == effects)
        try after.expectSettled(keys)
        try after.stop(gracefully: true)
        try expectSuccess(["verify"] + place.arguments)
    }

    /// What the backup may or may not have: it is begun at a random moment of these.
    private mutating func workAcrossBackup(_ shop: DrilledShop) throws -> SummaProcess {
        toRefund = try shop.charge(1_000)
        toVoid = try shop.charge(2_000, capture: "manual")
        let backupAt = Int.random(in: 0..<4, using: &chance)
        var running: SummaProcess?
        for number in 0..<4 {
            if number == backupAt { running = try SummaProcess(["backup", "--out", backup] + place.arguments) }
            try shop.charge(3_000 + number)
        }
        return try #require(running)
    }

    private var toRefund = ""
    private var toVoid = ""

    /// What the backup lacks, in a random order: all that can happen to payments, known ones and forgotten ones.
    private mutating func forgettable(_ shop: DrilledShop) throws {
        let (known, promised) = (toRefund, toVoid)
        let orders: [() throws -> Void] = [
            { try shop.charge(4_000) },
            { try shop.refund(shop.charge(5_000), 1_500) },
            { try shop.capture(shop.charge(6_000, capture: "manual")) },
            { try shop.capture(shop.charge(7_000, capture: "manual"), 2_500, isFinal: true) },
            { try shop.charge(8_000, with: "pm_chargeback_lost") },
            { try shop.charge(9_000, with: "pm_timeout_success") },
            { try shop.refund(known, 400) },
            { try shop.void(promised) },
        ]
        for order in orders.shuffled(using: &chance) { try order() }
    }

    private func restore() throws {
        #expect(try SummaProcess.run(["restore", "--from", backup] + place.arguments).status != 0)
        try place.loseDatabase()
        try expectSuccess(["restore", "--from", backup] + place.arguments)
        if let store = place.store { try expectCounted(store) }
        let refused = try SummaProcess.run(["serve", "--listen", "127.0.0.1:0"] + place.arguments)
        #expect(refused.status != 0)
        #expect(refused.errors.contains("log_behind_checkpoint"), "\(refused.errors)")
        #expect(refused.errors.contains("summa new-epoch"), "\(refused.errors)")
        try expectSuccess(["new-epoch"] + place.arguments)
        try expectSuccess(["verify"] + place.arguments)
        let file = scratch.file("main.log")
        try expectSuccess(["log", "export", "--out", file] + place.arguments)
        let key = try String(contentsOfFile: place.data + "/log.vkey", encoding: .utf8).split(separator: "\n")[0]
        try expectSuccess(["log", "verify", file, "--key", String(key)])
    }

    /// The planner knows of every table how many rows it has: a dump does not tell it.
    private func expectCounted(_ store: String) throws {
        var uncounted: [String] = []
        try PostgresConnection(PostgresAddress(store)).query(
            """
            SELECT relname::text FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples < 0
            """
        ) { uncounted.append($0.text()) }
        #expect(uncounted.isEmpty)
    }

    /// The day's file names what is missing; the provider tells it; asked again, there is nothing more.
    private func recover(_ books: ServedBooks, _ keys: ServedBooks.Keys) throws {
        let file = scratch.file("settlement.csv")
        try books.settlement().write(to: URL(fileURLWithPath: file))
        let server = ["--url", books.url, "--provider-account", "sandbox"]
        let environment = ["SUMMA_API_KEY": keys.operators]
        try expectSuccess(["reconcile", file] + server, environment)
        let breaks = try books.openBreaks(keys)
        #expect(!breaks.isEmpty)
        #expect(breaks.allSatisfy { $0["class"]?.string == "missing_here" }, "\(breaks.map(\.text))")

        let first = try SummaProcess.run(["recover", "--json"] + server, environment: environment)
        #expect(first.status == 0, "\(first.errors)")
        #expect(try #require(first.json["recovered"]?.integer) >= 6, "\(first.output)")
        #expect(first.json["unexplained_lines"]?.integer == 0, "\(first.output)")
        let again = try SummaProcess.run(["recover", "--json"] + server, environment: environment)
        for outcome in ["recovered", "completed", "unknown_there", "unanswered"] {
            #expect(again.json[outcome]?.integer == 0, "\(again.output)")
        }
    }

    private func expectSuccess(_ arguments: [String], _ environment: [String: String] = [:]) throws {
        let run = try SummaProcess.run(arguments, environment: environment)
        #expect(run.status == 0, "\(arguments): \(run.output)\(run.errors)")
    }
}
