import Foundation
import JSON
import SummaTestKit
import Testing

/// The whole drill: the disk is lost, a backup is put back, and what it lacks comes to light from the provider's file.
@Suite("Books put back from a backup", .serialized)
struct BackupTests {
    private static let chargeCount = 10

    @Test(
        "refuse to be served until an epoch is begun; then the provider's file names exactly what was forgotten",
        .timeLimit(.minutes(5)), arguments: SeededGenerator.seeds(1))
    func drill(seed: UInt64) throws {
        var chance = SeededGenerator(seed: seed)
        let scratch = try Scratch()
        let (data, backup) = (scratch.file("books"), scratch.file("backup"))
        let before = try ServedBooks(data)
        let keys = try #require(before.keys)
        let backupAt = Int.random(in: 1..<Self.chargeCount - 2, using: &chance)
        let payments = try charge(on: before, keys, backupAt: backupAt, to: backup)
        try waitUntilQuiet(before)
        try before.stop(gracefully: Bool.random(using: &chance))

        #expect(try SummaProcess.run(["restore", "--from", backup, "--data", data]).status != 0)
        for name in ["summa.sqlite", "summa.sqlite-wal", "summa.sqlite-shm", "runs"] {
            try? FileManager.default.removeItem(atPath: "\(data)/\(name)")
        }
        try expectSuccess(["restore", "--from", backup, "--data", data])
        let refused = try SummaProcess.run(["serve", "--data", data, "--listen", "127.0.0.1:0"])
        #expect(refused.status != 0)
        #expect(refused.errors.contains("log_behind_checkpoint"), "\(refused.errors)")
        #expect(refused.errors.contains("summa new-epoch"), "\(refused.errors)")
        try expectSuccess(["new-epoch", "--data", data])
        try expectSuccess(["verify", "--data", data])
        try expectExported(data, scratch)

        let after = try ServedBooks(data)
        try waitUntilQuiet(after)
        try reconcile(after, keys, payments)
        try after.stop(gracefully: true)
        try expectSuccess(["verify", "--data", data])
    }

    /// Charges one after another; the backup is made beside those that follow the one it begins with.
    private func charge(
        on books: ServedBooks, _ keys: ServedBooks.Keys, backupAt: Int, to backup: String
    ) throws -> [String] {
        var running: SummaProcess?
        var payments: [String] = []
        for number in 0..<Self.chargeCount {
            if number == backupAt { running = try SummaProcess(["backup", "--data", books.data, "--out", backup]) }
            // Those that are to be forgotten come once the backup is whole.
            if number == Self.chargeCount - 2 { #expect(try running?.wait().status == 0) }
            let body = """
                {"amount": \(1_000 + number), "currency": "EUR", "payment_method": "pm_approve", "merchant": "acme"}
                """
            let answer = try Curl.post(
                books.url + "/v1/charges", key: keys.shop, body, idempotencyKey: "order-\(number)")
            payments.append(try #require(answer["id"]?.string, "\(answer.text)"))
        }
        return payments
    }

    /// The provider has told all it will.
    private func waitUntilQuiet(_ books: ServedBooks) throws {
        let key = try books.sandboxKey()
        for _ in 0..<300 {
            let activity = try Curl.json(books.sandboxURL + "/v1/activity", key: key)
            if activity["jobs"]?.integer == 0, activity["callbacks"]?.integer == 0 { return }
            usleep(200_000)
        }
        Issue.record("the provider does not come to rest")
    }

    /// Every payment the books know is captured, and every other is a line that is missing here, and nothing else is wrong.
    private func reconcile(_ books: ServedBooks, _ keys: ServedBooks.Keys, _ payments: [String]) throws {
        var forgotten: Set<String> = []
        for payment in payments {
            var status: String?
            for _ in 0..<300 {
                status = try Curl.json("\(books.url)/v1/payments/\(payment)", key: keys.shop)["status"]?.string
                // A problem's status is a number: the books have forgotten it.
                if status == nil || status == "captured" { break }
                usleep(300_000)
            }
            if status == nil { forgotten.insert("cmd" + payment.dropFirst(3)) } else { #expect(status == "captured") }
        }
        #expect(forgotten.count >= 2)
        #expect(forgotten.count < payments.count)

        let file = try settlement(of: books)
        _ = try Curl.bytes(
            books.url + "/v1/statements?provider_account=sandbox", key: keys.operators, "-H", "Content-Type: text/csv",
            "--data-binary", String(decoding: file, as: UTF8.self))
        let breaks = try Curl.json(books.url + "/v1/breaks?state=open&limit=100", key: keys.operators)["items"]?.array
        let lines = String(decoding: file, as: UTF8.self).split(whereSeparator: \.isNewline)
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
            .filter { $0.first == "item" }
        #expect(lines.count == payments.count)
        let expected = lines.filter { forgotten.contains($0[5]) }.map { $0[3] }
        #expect(expected.count == forgotten.count)
        #expect(try #require(breaks).allSatisfy { $0["class"]?.string == "missing_here" })
        #expect(breaks?.compactMap { $0["provider_reference"]?.string }.sorted() == expected.sorted())
    }

    private func settlement(of books: ServedBooks) throws -> Data {
        let key = try books.sandboxKey()
        let closed = try Curl.post(books.sandboxURL + "/v1/files/close_day", key: key, "{}")
        let date = try #require(closed["date"]?.string, "\(closed.text)")
        return try Curl.bytes("\(books.sandboxURL)/v1/files/settlement?date=\(date)", key: key)
    }

    private func expectExported(_ data: String, _ scratch: Scratch) throws {
        let file = scratch.file("main.log")
        try expectSuccess(["log", "export", "--data", data, "--out", file])
        let key = try String(contentsOfFile: data + "/log.vkey", encoding: .utf8).split(separator: "\n")[0]
        try expectSuccess(["log", "verify", file, "--key", String(key)])
    }

    private func expectSuccess(_ arguments: [String]) throws {
        let run = try SummaProcess.run(arguments)
        #expect(run.status == 0, "\(arguments): \(run.output)\(run.errors)")
    }
}
