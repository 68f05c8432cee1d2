import Storage

/// The ledger's tables, the triggers that say again what the types say, and the views that show the textbook schema.
package enum LedgerSchema {
    package static let migration = Migration(
        2, "accounts, ledger transactions, holds and items",
        [
            .table(Account.table),
            .table(AccountBalance.table),
            .table(ItemBalance.table),
            // Legs before their header, whose trigger sums them.
            .table(PostingRow.table),
            .table(LedgerTransaction.table),
            .table(Hold.table),
            .table(ReversedAmount.table),
        ] + indexes.map(Migration.Step.sql) + refusals.map(Migration.Step.refusal) + views)

    /// For the pages of an account's postings and of its open items, the children of a hold, and the sweeper.
    private static let indexes = [
        """
        CREATE INDEX ledger_transaction_by_debit_account ON ledger_transaction (book, debit_account, id)
        WHERE debit_account IS NOT NULL
        """,
        """
        CREATE INDEX ledger_transaction_by_credit_account ON ledger_transaction (book, credit_account, id)
        WHERE credit_account IS NOT NULL
        """,
        "CREATE INDEX posting_by_account ON posting (book, account, ledger_transaction)",
        "CREATE INDEX ledger_transaction_by_parent ON ledger_transaction (book, parent, id) WHERE parent IS NOT NULL",
        "CREATE INDEX hold_by_expiry ON hold (book, expires_at) WHERE expires_at IS NOT NULL AND status = 'open'",
        "CREATE INDEX item_balance_open ON item_balance (book, account, opened_at, item_kind, item) WHERE debits_minor <> credits_minor",
        "CREATE INDEX account_by_owner ON account (book, owner_id, id) WHERE owner_id IS NOT NULL",
    ]

    private static let refusals =
        [
            Refusal(
                "ledger_transaction_follows_legs", .insert, on: "ledger_transaction", when: "NEW.leg_count > 2",
                andIf: """
                    (SELECT count(*) FROM posting WHERE book = NEW.book AND ledger_transaction = NEW.id) <> NEW.leg_count
                    """, "the legs of a ledger transaction are there before it"),
            // High and low halves are summed apart: no sum of legs can leave 64 bits where the transaction balances.
            Refusal(
                "ledger_transaction_balances", .insert, on: "ledger_transaction", when: "NEW.leg_count > 2",
                andIf: """
                    EXISTS (
                        SELECT 1 FROM posting WHERE book = NEW.book AND ledger_transaction = NEW.id
                        GROUP BY currency, exponent
                        HAVING sum(side * (amount_minor / 4294967296)) * 4294967296
                            + sum(side * (amount_minor % 4294967296)) <> 0)
                    """, "the legs of a ledger transaction balance in each currency"),
            Refusal(
                "posting_refuses_late_leg", .insert, on: "posting",
                andIf: """
                    EXISTS (SELECT 1 FROM ledger_transaction WHERE book = NEW.book AND id = NEW.ledger_transaction)
                    """, "a recorded ledger transaction takes no further leg"),
            .change(
                of: ["path", "type", "currency", "exponent", "is_control", "tracks_items"], in: "account",
                "an account keeps its path, type and currency"),
            Refusal(
                "hold_ends_once", .update, on: "hold", when: "OLD.status <> 'open'", "an ended hold stays as it ended"),
            Refusal(
                "hold_only_shrinks", .update, on: "hold",
                when: """
                    NEW.remaining_minor > OLD.remaining_minor OR NEW.posted_minor < OLD.posted_minor
                        OR NEW.kind <> OLD.kind
                    """, "a hold only shrinks"),
            Refusal(
                "reversed_amount_only_grows", .update, on: "reversed_amount",
                when: "NEW.amount_minor < OLD.amount_minor", "what has been reversed stays reversed"),
        ] + ["account", "account_balance", "hold", "item_balance", "reversed_amount"].map(Refusal.deletion)

    // MARK: The textbook schema

    private static let views: [Migration.Step] = [
        // Ten to the exponent, for amounts in major units as text.
        .sql(
            """
            CREATE VIEW minor_unit (exponent, factor) AS VALUES
                (0, 1), (1, 10), (2, 100), (3, 1000), (4, 10000), (5, 100000), (6, 1000000), (7, 10000000), (8, 100000000),
                (9, 1000000000)
            """),
        .dialects { sql in
            """
            CREATE VIEW accounts AS
            SELECT a.book, a.id, a.path, a.type, a.currency, a.owner_id, a.status,
                CASE WHEN a.type IN ('asset', 'expense') THEN 1 ELSE -1 END AS normal_direction,
                CASE WHEN a.type IN ('asset', 'expense') THEN b.debits_posted - b.credits_posted
                    ELSE b.credits_posted - b.debits_posted END AS posted_minor,
                CASE WHEN a.type IN ('asset', 'expense') THEN b.debits_posted + b.debits_pending - b.credits_posted - b.credits_pending
                    ELSE b.credits_posted + b.credits_pending - b.debits_posted - b.debits_pending END AS pending_minor,
                CASE WHEN a.type IN ('asset', 'expense') THEN b.debits_posted - b.credits_posted - b.credits_pending
                    ELSE b.credits_posted - b.debits_posted - b.debits_pending END AS available_minor,
                a.floor AS floor_minor, a.ceiling AS ceiling_minor, \(sql.moment("a.opened_at")) AS created_at
            FROM account a JOIN account_balance b ON b.book = a.book AND b.account = a.id
            """
        },
        .dialects { legs("leg_of_transaction", where: "phase IN (1, 2, 3, 7)", $0) },
        .dialects { sql in
            """
            CREATE VIEW entries AS
            SELECT book, txn_id || ':' || leg AS id, account_id, amount_minor, \(sql.decimal("amount_minor", factor: "factor", exponent: "exponent")) AS amount, currency,
                direction, txn_id, created_at
            FROM leg_of_transaction JOIN minor_unit USING (exponent) WHERE phase <> 2
            """
        },
        .sql(
            """
            CREATE VIEW pending_entries AS
            SELECT l.book, l.txn_id || ':' || l.leg AS id, l.account_id,
                CASE WHEN l.leg_count = 2 THEN h.remaining_minor ELSE l.amount_minor END AS amount_minor, l.currency,
                l.direction, l.txn_id, l.created_at
            FROM leg_of_transaction l JOIN hold h ON h.book = l.book AND h.id = l.txn_id
            WHERE l.phase = 2 AND h.status = 'open'
            """),
        .dialects { sql in
            """
            CREATE VIEW txn AS
            SELECT t.book, t.id, t.reason AS type,
                CASE t.phase WHEN 2 THEN CASE h.status WHEN 'open' THEN 'pending' ELSE h.status END
                    WHEN 4 THEN 'released' WHEN 5 THEN 'voided' WHEN 6 THEN 'expired'
                    ELSE CASE WHEN r.amount_minor IS NULL THEN 'posted'
                        WHEN t.leg_count = 2 AND r.amount_minor < t.amount_minor THEN 'partly_reversed'
                        ELSE 'reversed' END END AS state,
                t.parent AS parent_id, t.external_id, t.booking_date, t.value_date, t.sequence,
                \(sql.moment("t.recorded_at")) AS created_at
            FROM ledger_transaction t
                LEFT JOIN hold h ON h.book = t.book AND h.id = t.id
                LEFT JOIN reversed_amount r ON r.book = t.book AND r.ledger_transaction = t.id
            """
        },
    ]

    /// Every leg as a row of its own, wherever it is kept.
    private static func legs(_ view: String, where condition: String, _ sql: SQLDialect) -> String {
        func half(_ leg: Int, _ account: String, _ direction: Int) -> String {
            """
            SELECT book, id AS txn_id, \(leg) AS leg, leg_count, phase, \(account) AS account_id, amount_minor, currency,
                exponent, \(direction) AS direction, \(sql.moment("recorded_at")) AS created_at
            FROM ledger_transaction WHERE leg_count = 2 AND \(condition)
            """
        }
        return """
            CREATE VIEW \(view) AS
            \(half(0, "debit_account", 1))
            UNION ALL
            \(half(1, "credit_account", -1))
            UNION ALL
            SELECT t.book, t.id, p.leg, t.leg_count, t.phase, p.account, p.amount_minor, p.currency, p.exponent, p.side,
                \(sql.moment("t.recorded_at"))
            FROM ledger_transaction t JOIN posting p ON p.book = t.book AND p.ledger_transaction = t.id
            WHERE t.leg_count > 2 AND t.\(condition)
            """
    }
}
