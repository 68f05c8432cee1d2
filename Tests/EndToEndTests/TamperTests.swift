import Foundation
import JSON
import Testing

/// What `summa verify` says when somebody with the disk in hand has changed the books and dropped every trigger first.
@Suite("Books that were tampered with", .serialized)
struct TamperTests {
    /// One day of twelve charges, honest, that every test copies.
    private let scratch: Scratch
    private let honest: String

    init() throws {
        scratch = try Scratch()
        honest = scratch.file("honest")
        let heading = "reference,merchant,amount,currency,payment_method,capture,platform_fee,description,follow_up\n"
        let orders = (1...12).map { "order-\($0),shop,\($0 * 1_000),EUR,pm_approve,automatic,,tea,\n" }
        try (heading + orders.joined()).write(toFile: scratch.file("charges.csv"), atomically: true, encoding: .utf8)
        _ = try SummaProcess.run(["demo", "--charges", scratch.file("charges.csv"), "--json", "--data", honest])
    }

    private func findings(_ forge: (ForgedBooks) throws -> Void) throws -> [String] {
        let path = scratch.file("forged-\(UUID().uuidString)")
        try forge(ForgedBooks(copyOf: honest, at: path))
        let run = try SummaProcess.run(["verify", "--data", path, "--json"])
        let books = run.json["books"]?.array ?? []
        let findings =
            (run.json["lost"]?.array?.compactMap(\.string) ?? [])
            + (run.json["damages"]?.array?.compactMap(\.string) ?? [])
            + books.flatMap { $0["findings"]?.array?.compactMap(\.string) ?? [] }
        #expect((run.status == 0) == findings.isEmpty, "\(run.output)\(run.errors)")
        return findings
    }

    @Test("are found out, each by the name of what was done", .timeLimit(.minutes(3)))
    func everyWay() throws {
        #expect(try findings { _ in } == [])
        let changed = try findings {
            try $0.execute(
                """
                UPDATE event SET bytes = CAST(replace(CAST(bytes AS TEXT), '"amount":3000', '"amount":9000') AS BLOB)
                WHERE book = 1 AND CAST(bytes AS TEXT) LIKE '%charge.initiated%"amount":3000%'
                """)
        }
        #expect(changed.contains { $0.contains("event") }, "\(changed)")
        let cut = try findings {
            try $0.execute(
                "DELETE FROM event WHERE book = 1 AND sequence > (SELECT max(sequence) - 3 FROM event WHERE book = 1)")
        }
        #expect(cut.contains { $0.contains("missing") }, "\(cut)")
        let swapped = try findings {
            try $0.execute("UPDATE event SET sequence = 1000000 WHERE book = 1 AND sequence = 20")
            try $0.execute("UPDATE event SET sequence = 20 WHERE book = 1 AND sequence = 21")
            try $0.execute("UPDATE event SET sequence = 21 WHERE book = 1 AND sequence = 1000000")
        }
        #expect(swapped.contains { $0.contains("20") } && swapped.contains { $0.contains("21") }, "\(swapped)")
        let balance = try findings {
            try $0.execute(
                "UPDATE account_balance SET credits_posted = credits_posted + 1 WHERE account = (SELECT min(account) FROM account_balance)"
            )
        }
        #expect(balance.contains { $0.contains("account_balance") }, "\(balance)")
        let deleted = try findings {
            try $0.execute("DELETE FROM payment WHERE id = (SELECT min(id) FROM payment)")
        }
        #expect(deleted.contains { $0.contains("payment") && $0.contains("missing") }, "\(deleted)")
    }

    @Test("are found out by a private text or a provider's command that was changed", .timeLimit(.minutes(3)))
    func besideTheLog() throws {
        let one = "(SELECT min(subject) FROM private_text WHERE name = 'description')"
        let sealed = try findings {
            try $0.execute(
                """
                UPDATE private_text SET sealed = (SELECT sealed FROM private_text WHERE name = 'body' LIMIT 1)
                WHERE name = 'description' AND subject = \(one)
                """)
        }
        #expect(sealed.contains { $0.contains("private text description") && $0.contains("open") }, "\(sealed)")
        let gone = try findings {
            try $0.execute("DELETE FROM private_text WHERE name = 'description' AND subject = \(one)")
        }
        #expect(gone.contains { $0.contains("private text description") && $0.contains("missing") }, "\(gone)")
        let misplaced = try findings {
            try $0.execute(
                """
                UPDATE provider_command SET provider_account = 'elsewhere'
                WHERE id = (SELECT min(id) FROM provider_command)
                """)
        }
        #expect(misplaced.contains { $0.contains("provider_command") && $0.contains("names another") }, "\(misplaced)")
        let taken = try findings {
            try $0.execute(
                "UPDATE provider_command SET id = id + 1 WHERE id = (SELECT min(id) FROM provider_command)")
        }
        #expect(taken.contains { $0.contains("provider_command") && $0.contains("is of no operation") }, "\(taken)")
    }

    @Test("are found out when an index has not the rows of its table", .timeLimit(.minutes(3)))
    func staleIndex() throws {
        let findings = try findings {
            let index = "ledger_transaction_by_parent"
            let text = try $0.texts("SELECT sql FROM sqlite_master WHERE name = '\(index)'")[0]
            try $0.execute(
                """
                DROP INDEX \(index);
                CREATE INDEX \(index) ON ledger_transaction (book, parent, id) WHERE parent IS NOT NULL AND id < 0;
                PRAGMA writable_schema = ON;
                UPDATE sqlite_master SET sql = '\(text)' WHERE name = '\(index)'
                """)
        }
        #expect(findings.contains { $0.contains("ledger_transaction_by_parent") }, "\(findings)")
    }

    @Test("are found out when a whole book is gone, with or without its events", .timeLimit(.minutes(3)))
    func bookGone() throws {
        let headless = try findings { try $0.execute("DELETE FROM head WHERE name = 'main'") }
        #expect(headless.contains { $0.contains("main is gone") }, "\(headless)")
        #expect(headless.contains { $0.contains("have no head") }, "\(headless)")
        let gone = try findings {
            try $0.execute("DELETE FROM event WHERE book = 1")
            try $0.execute("DELETE FROM head WHERE name = 'main'")
        }
        #expect(gone.contains { $0.contains("main is gone") }, "\(gone)")
    }

    @Test("are found out when their tail is cut and the head set back with it", .timeLimit(.minutes(3)))
    func cutWithHead() throws {
        let findings = try findings {
            try $0.execute("DELETE FROM event WHERE book = 1 AND sequence > 40")
            try $0.execute("UPDATE head SET sequence = 40 WHERE book = 1")
        }
        #expect(findings.contains { $0.contains("signed") || $0.contains("cut") }, "\(findings)")
    }

    @Test("are found out by the checkpoint outside, when everything inside was made to agree", .timeLimit(.minutes(3)))
    func rewritten() throws {
        let findings = try findings { books in
            let sequence = try books.texts(
                """
                SELECT CAST(sequence AS TEXT) FROM event WHERE book = 1 AND CAST(bytes AS TEXT) LIKE '%charge.initiated%"amount":3000%'
                """)
            try books.rewriteWithCare(
                Int64(sequence.first ?? "") ?? 0, replacing: #""reference":"order-3""#, with: #""reference":"order-9""#,
                in: 1)
        }
        #expect(findings.contains { $0.contains("signed") }, "\(findings)")
    }
}
