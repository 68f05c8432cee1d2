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
        ] + indexes.map(Migration.Step.sql) + refusals.map(Migration.Step.refusal))

    /// For whoever asks what is open and what is due. Lists for people and callers are the view's.
    private static let indexes = [
        "CREATE INDEX payment_by_status ON payment (book, status, id) WHERE status <> 'captured'",
        "CREATE INDEX provider_command_by_due ON provider_command (book, due_at, id) WHERE status <> 'done'",
    ]

    private static let refusals =
        ["payment", "payment_operation", "dispute", "orphan_fact"].map(Refusal.deletion) + [
            .change(
                of: [
                    "merchant", "provider_account", "payment_method", "capture_mode", "reference", "amount_minor",
                    "currency", "exponent", "created_at", "hold", "fee_basis_points", "fee_minor", "fee_rounding",
                    "fee_on_refund", "chargeback_liability", "passes_dispute_fee", "late_success",
                ], in: "payment"),
            .change(
                of: ["payment", "kind", "origin", "amount_minor", "currency", "exponent", "is_final", "created_at"],
                in: "payment_operation"),
            .change(
                of: ["payment", "provider_reference", "opened_at"], in: "dispute"),
            .change(
                of: [
                    "provider_account", "kind", "amount_minor", "currency", "payment_reference", "occurred_at",
                    "heard_at",
                ], in: "orphan_fact"),
            Refusal(
                "payment_keeps_its_flags", .update, on: "payment", when: "(OLD.flags & ~NEW.flags) <> 0",
                "a flag that was raised stays"),
            Refusal(
                "payment_goes_on", .update, on: "payment", when: "NEW.sequence < OLD.sequence",
                "a payment follows the log"),
            Refusal(
                "orphan_fact_is_adopted_once", .update, on: "orphan_fact", when: "OLD.payment IS NOT NULL",
                "a kept fact finds one payment"),
        ]
}
