import Storage

/// The tables of reconciliation. The order is the order a batch writes them in.
package enum ReconciliationSchema {
    package static let migration = Migration(
        40, "statements, remittances, breaks and adjustments",
        [
            .table(SettlementTerms.table),
            .table(Statement.table),
            .table(Remittance.table),
            .table(BankAccountBalance.table),
            .table(StatementLine.table),
            .table(Break.table),
            .table(Adjustment.table),
            .table(ExpectedMovement.table),
            .table(MovementCursor.table),
        ] + indexes.map(Migration.Step.sql) + refusals.map(Migration.Step.refusal))

    /// For the movements a file should have told, the remittances a bank should have shown, the pages of what is open, and the
    /// lines of a remittance.
    private static let indexes = [
        """
        CREATE INDEX expected_movement_missed ON expected_movement (book, provider_account, occurred_at, kind, subject)
        WHERE state = 'open' AND is_missed = 0
        """,
        "CREATE INDEX remittance_on_the_way ON remittance (book, bank, due_date, id) WHERE received_count = 0",
        "CREATE INDEX settlement_break_open ON settlement_break (book, id) WHERE resolution IS NULL",
        "CREATE INDEX settlement_break_by_statement ON settlement_break (book, statement, id)",
        "CREATE INDEX statement_line_by_remittance ON statement_line (book, remittance, id) WHERE remittance IS NOT NULL",
        "CREATE INDEX statement_unfinished ON statement (book, id) WHERE imported_at IS NULL",
        // One proposal at a time: two could take the same difference.
        "CREATE UNIQUE INDEX adjustment_proposed_once ON adjustment (book, settlement_break) WHERE decision IS NULL",
    ]

    private static let refusals =
        [
            Refusal(
                "statement_only_advances", .update, on: "statement",
                when: "NEW.booked_count < OLD.booked_count OR NEW.hash <> OLD.hash OR OLD.imported_at IS NOT NULL",
                "a statement is booked once, from its first line to its last"),
            Refusal(
                "settlement_break_ends_once", .update, on: "settlement_break",
                when: "OLD.resolution IS NOT NULL OR NEW.class <> OLD.class OR NEW.statement <> OLD.statement",
                "a break keeps what it is, and ends once"),
            Refusal(
                "adjustment_decided_once", .update, on: "adjustment",
                when: """
                    OLD.decision IS NOT NULL OR NEW.amount_minor <> OLD.amount_minor OR NEW.kind <> OLD.kind
                        OR NEW.proposed_by <> OLD.proposed_by
                    """, "an adjustment keeps what was proposed, and is decided once"),
        ]
        + [
            "settlement_terms", "statement", "remittance", "bank_account_balance", "settlement_break", "adjustment",
        ].map(Refusal.deletion)
}
