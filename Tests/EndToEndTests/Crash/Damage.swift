import Foundation
import Storage

/// One way to break books on purpose, and what the checker has to call it.
struct Damage: Sendable, CustomStringConvertible {
    let description: String
    /// The count that must not stay zero.
    let kind: String
    /// Where nothing else may be wrong: the damage was done with care.
    var isAlone = false
    let harm: @Sendable (ForgedBooks) throws -> Void

    /// The event of the last transfer, which is the last of the log.
    private static let last = "(SELECT max(sequence) FROM event WHERE book = 1)"
    private static let lastTransfer =
        "(SELECT id FROM ledger_transaction WHERE book = 1 AND external_id = 'last')"

    static let all = ledger + log + proofs + promises

    // MARK: The ledger's rows

    private static let ledger = [
        Damage(description: "a leg is deleted", kind: "unbalanced") {
            try $0.execute(
                "DELETE FROM posting WHERE leg = 2 AND ledger_transaction = (SELECT min(ledger_transaction) FROM posting)"
            )
        },
        Damage(description: "one leg's amount is changed", kind: "unbalanced") {
            try $0.execute(
                """
                UPDATE posting SET amount_minor = amount_minor + 1
                WHERE leg = 0 AND ledger_transaction = (SELECT min(ledger_transaction) FROM posting)
                """)
        },
        Damage(description: "an amount is changed, and the counters with it", kind: "differs") {
            try $0.execute(
                """
                UPDATE account_balance SET debits_posted = debits_posted + 1
                WHERE account = (SELECT debit_account FROM ledger_transaction WHERE id = \(lastTransfer));
                UPDATE account_balance SET credits_posted = credits_posted + 1
                WHERE account = (SELECT credit_account FROM ledger_transaction WHERE id = \(lastTransfer));
                UPDATE ledger_transaction SET amount_minor = amount_minor + 1 WHERE id = \(lastTransfer)
                """)
        },
        Damage(description: "a counter drifts by one", kind: "drifted", isAlone: true) {
            try $0.execute(
                """
                UPDATE account_balance SET credits_pending = credits_pending + 1
                WHERE account = (SELECT max(account) FROM account_balance)
                """)
        },
        Damage(description: "an item's counter drifts by one", kind: "drifted", isAlone: true) {
            try $0.execute(
                "UPDATE item_balance SET debits_minor = debits_minor + 1 WHERE item = (SELECT min(item) FROM item_balance)"
            )
        },
        Damage(description: "a hold has more left than it has", kind: "drifted", isAlone: true) {
            try $0.execute(
                "UPDATE hold SET remaining_minor = remaining_minor + 1 WHERE id = (SELECT min(id) FROM hold WHERE status = 'open')"
            )
        },
    ]

    // MARK: The log

    private static let log = [
        Damage(description: "an event is taken out of the middle", kind: "sequence") {
            try $0.execute("DELETE FROM event WHERE book = 1 AND sequence = 100")
        },
        Damage(description: "an event is repeated at the end, with the tree made to agree", kind: "sequence") {
            try $0.execute(
                "INSERT INTO event (book, sequence, bytes) SELECT 1, \(last) + 1, bytes FROM event WHERE book = 1 AND sequence = 100"
            )
            try $0.makeTreeAgree(in: 1)
        },
        Damage(description: "two events change places", kind: "sequence") {
            try $0.execute(
                """
                UPDATE event SET sequence = 1000000 WHERE book = 1 AND sequence = 100;
                UPDATE event SET sequence = 100 WHERE book = 1 AND sequence = 101;
                UPDATE event SET sequence = 101 WHERE book = 1 AND sequence = 1000000
                """)
        },
        Damage(description: "the head is set back by five", kind: "sequence") {
            try $0.execute("UPDATE head SET sequence = sequence - 5 WHERE book = 1")
        },
    ]

    // MARK: Proofs

    private static let proofs = [
        Damage(description: "one byte of an event is changed", kind: "proof", isAlone: true) {
            try $0.execute(
                """
                UPDATE event SET bytes = CAST(replace(CAST(bytes AS TEXT), '"actor":"system:init"', '"actor":"system:inid"') AS BLOB)
                WHERE book = 1 AND sequence = 2
                """)
        },
        Damage(description: "an event is rewritten, and the tree made to agree", kind: "proof", isAlone: true) {
            try $0.rewriteWithCare(2, replacing: "system:init", with: "system:inid", in: 1)
        },
        Damage(description: "a tile is changed", kind: "proof", isAlone: true) {
            try $0.execute("UPDATE tile SET hashes = zeroblob(32) WHERE book = 1")
        },
        Damage(description: "the head's tree is changed", kind: "proof", isAlone: true) {
            try $0.execute("UPDATE head SET tree = (SELECT tree FROM head WHERE book > 1) WHERE book = 1")
        },
        Damage(description: "the log is cut with care below what was signed", kind: "proof") {
            try takeLastTransferAway($0)
        },
        Damage(description: "a checkpoint is forged", kind: "proof", isAlone: true) {
            let path = $0.path + "/checkpoints/main.checkpoint"
            let note = try String(contentsOfFile: path, encoding: .utf8)
            try note.replacingOccurrences(of: "\n— summa ", with: "\n— summa A").write(
                toFile: path, atomically: true, encoding: .utf8)
        },
    ]

    // MARK: What the client was told

    private static let promises = [
        Damage(
            description: "an acknowledged transfer goes with its event, its key and its checkpoints", kind: "lost",
            isAlone: true
        ) {
            try takeLastTransferAway($0)
            try FileManager.default.removeItem(atPath: $0.path + "/checkpoints")
        },
        Damage(description: "an acknowledged charge's payment is gone", kind: "lost") {
            try $0.execute("DELETE FROM payment WHERE id = (SELECT max(id) FROM payment)")
        },
        Damage(description: "a transfer nobody asked for is posted with care", kind: "ghost", isAlone: true) {
            try postLastTransferAgain($0, externalID: "other", trace: "0bad0bad0bad0bad0bad0bad0bad0bad")
        },
        Damage(description: "a row is added that no event tells of", kind: "ghost") {
            try postLastTransferAgain($0, externalID: "other", trace: nil)
        },
        Damage(description: "a transfer is posted twice under one key, with care", kind: "doubled") {
            try postLastTransferAgain($0, externalID: "last", trace: "1a571a571a571a571a571a571a571a57")
        },
        Damage(description: "a refund that was asked for is gone", kind: "lost") {
            try $0.execute(
                "DELETE FROM payment_operation WHERE id = (SELECT max(id) FROM payment_operation WHERE kind = 'refund')"
            )
        },
        Damage(description: "the provider has given a refund back twice", kind: "doubled", isAlone: true) {
            let sandbox = try SQLiteConnection(path: $0.path + "/sandbox/sandbox.sqlite", access: .readWrite)
            try sandbox.execute(
                """
                INSERT INTO operation SELECT id || 'X', kind, authorization, authorization_reference, reference, amount, currency,
                    final, created_at, status, decline, finished_at FROM operation WHERE kind = 'refund' LIMIT 1
                """)
        },
        Damage(description: "the provider has charged a payment twice", kind: "doubled", isAlone: true) {
            let sandbox = try SQLiteConnection(path: $0.path + "/sandbox/sandbox.sqlite", access: .readWrite)
            try sandbox.execute(
                """
                INSERT INTO authorization SELECT id || 'X', reference, payment_method, amount, currency, capture, created_at,
                    expires_at, ending FROM authorization LIMIT 1
                """)
        },
    ]

    private static func takeLastTransferAway(_ books: ForgedBooks) throws {
        try books.execute(
            """
            UPDATE account_balance SET debits_posted = debits_posted - 77
            WHERE account = (SELECT debit_account FROM ledger_transaction WHERE id = \(lastTransfer));
            UPDATE account_balance SET credits_posted = credits_posted - 77
            WHERE account = (SELECT credit_account FROM ledger_transaction WHERE id = \(lastTransfer));
            DELETE FROM idempotency WHERE book = 1 AND sequence = \(last);
            DELETE FROM ledger_transaction WHERE id = \(lastTransfer);
            DELETE FROM event WHERE book = 1 AND sequence = \(last)
            """)
        try books.makeTreeAgree(in: 1)
    }

    /// The last transfer once more under another identifier: rows and counters, and with a trace the event too.
    private static func postLastTransferAgain(_ books: ForgedBooks, externalID: String, trace: String?) throws {
        let legs = "(SELECT debit_account FROM ledger_transaction WHERE id = \(lastTransfer))"
        try books.execute(
            """
            UPDATE account_balance SET debits_posted = debits_posted + 77 WHERE account = \(legs);
            UPDATE account_balance SET credits_posted = credits_posted + 77
            WHERE account = \(legs.replacingOccurrences(of: "debit_", with: "credit_"));
            """)
        let row = try books.texts("SELECT CAST(\(lastTransfer) AS TEXT)")[0]
        let sequence = try books.texts("SELECT CAST(\(last) AS TEXT)")[0]
        guard let id = Int64(row), let at = Int64(sequence) else { return }
        try books.execute(
            """
            INSERT INTO ledger_transaction SELECT book, id + 1, phase, reason, leg_count, debit_account, credit_account,
                amount_minor, currency, exponent, debit_item_kind, debit_item, credit_item_kind, credit_item, parent,
                '\(externalID)', booking_date, value_date, occurred_at, expires_at, recorded_at, sequence + 1
            FROM ledger_transaction WHERE id = \(id)
            """)
        guard let trace else { return }
        try books.execute(
            """
            INSERT INTO event (book, sequence, bytes) SELECT 1, \(at + 1), CAST(
                replace(replace(replace(replace(replace(CAST(bytes AS TEXT),
                    'main/1/\(at)', 'main/1/\(at + 1)'), '\(digits(at))', '\(digits(at + 1))'),
                    '\(identifier(id))', '\(identifier(id + 1))'),
                    '"external_id":"last"', '"external_id":"\(externalID)"'),
                    '1a571a571a571a571a571a571a571a57', '\(trace)') AS BLOB)
            FROM event WHERE book = 1 AND sequence = \(at)
            """)
        try books.makeTreeAgree(in: 1)
    }

    private static func digits(_ sequence: Int64) -> String {
        String(repeating: "0", count: 19 - String(sequence).count) + String(sequence)
    }

    private static func identifier(_ value: Int64) -> String {
        var bytes: [UInt8] = []
        IdentifierText.append(value, prefix: "ltx", to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
