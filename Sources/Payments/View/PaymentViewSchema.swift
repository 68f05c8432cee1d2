import Storage

/// The table of payments as the log tells of them, with an index for each way they are looked for.
package enum PaymentViewSchema {
    package static let migration = Migration(
        35, "payment view", [.table(PaymentView.table)] + indexes.map(Migration.Step.sql))

    private static let indexes = [
        "CREATE INDEX payment_view_by_merchant ON payment_view (book, merchant, id)",
        "CREATE INDEX payment_view_by_reference ON payment_view (book, reference, id) WHERE reference IS NOT NULL",
        // Nearly all payments are captured in the end; they need no entry to be found.
        "CREATE INDEX payment_view_by_status ON payment_view (book, status, id) WHERE status <> 'captured'",
    ]
}
