import Storage

/// The tables of payments, and the triggers that say again what the types say.
package enum PaymentsSchema {
    package static let migration = Migration(
        3, "payments, operations, disputes and the queue to providers",
        [
            .table(PaymentRow.table),
            .table(PaymentOperation.table),
            .table(Dispute.table),
            .table(PaymentReference.table),
            .table(OrphanFact.table),
            .table(ProviderCommandRow.table),
            .table(ProviderAttempt.table),
            .table(PaymentEventRow.table),
            .table(IdempotencyRow.table),
        ] + (indexes + triggers).map(Migration.Step.sql))

    /// For lists of payments, and for whoever asks what is due.
    private static let indexes = [
        "CREATE INDEX payment_by_merchant ON payment (book, merchant, id)",
        "CREATE INDEX payment_by_reference ON payment (book, reference, id) WHERE reference IS NOT NULL",
        "CREATE INDEX payment_by_status ON payment (book, status, id) WHERE status <> 'captured'",
        "CREATE INDEX provider_command_by_due ON provider_command (book, due_at, id) WHERE status <> 'done'",
    ]

    private static let triggers =
        ["payment", "payment_operation", "dispute", "orphan_fact"].map(refusesDelete) + [
            keeps(
                "payment",
                [
                    "merchant", "provider_account", "payment_method", "capture_mode", "reference", "amount_minor",
                    "currency", "exponent", "created_at", "hold", "fee_basis_points", "fee_minor", "fee_rounding",
                    "fee_on_refund", "chargeback_liability", "passes_dispute_fee", "late_success",
                ]),
            keeps(
                "payment_operation",
                ["payment", "kind", "origin", "amount_minor", "currency", "exponent", "is_final", "created_at"]),
            keeps("dispute", ["payment", "provider_reference", "opened_at"]),
            keeps(
                "orphan_fact",
                [
                    "provider_account", "kind", "amount_minor", "currency", "payment_reference", "occurred_at",
                    "heard_at",
                ]),
            """
            CREATE TRIGGER payment_keeps_its_flags BEFORE UPDATE ON payment WHEN OLD.flags & ~NEW.flags
            BEGIN SELECT RAISE(ABORT, 'a flag that was raised stays'); END
            """,
            """
            CREATE TRIGGER payment_goes_on BEFORE UPDATE ON payment WHEN NEW.sequence < OLD.sequence
            BEGIN SELECT RAISE(ABORT, 'a payment follows the log'); END
            """,
            """
            CREATE TRIGGER orphan_fact_is_adopted_once BEFORE UPDATE ON orphan_fact WHEN OLD.payment IS NOT NULL
            BEGIN SELECT RAISE(ABORT, 'a kept fact finds one payment'); END
            """,
        ]

    private static func refusesDelete(_ table: String) -> String {
        """
        CREATE TRIGGER \(table)_refuses_delete BEFORE DELETE ON \(table)
        BEGIN SELECT RAISE(ABORT, '\(table) rows are never deleted'); END
        """
    }

    /// What was agreed or asked for stays as it was.
    private static func keeps(_ table: String, _ columns: [String]) -> String {
        let changes = columns.map { "NEW.\($0) IS NOT OLD.\($0)" }.joined(separator: " OR ")
        return """
            CREATE TRIGGER \(table)_keeps_its_nature BEFORE UPDATE ON \(table) WHEN \(changes)
            BEGIN SELECT RAISE(ABORT, 'a row of \(table) keeps what it was made with'); END
            """
    }
}
