import Storage

/// The tables of books' settings and merchants.
package enum MerchantSchema {
    package static let migration = Migration(
        32, "book settings and merchants",
        [.table(BookSettings.table), .table(Merchant.table)] + rules.map(Migration.Step.sql))

    private static let rules = [
        """
        CREATE TRIGGER book_settings_keeps_mode BEFORE UPDATE ON book_settings WHEN NEW.mode <> OLD.mode
        BEGIN SELECT RAISE(ABORT, 'a book is a test or a live one for ever'); END
        """,
        """
        CREATE TRIGGER merchant_keeps_code BEFORE UPDATE ON merchant WHEN NEW.code <> OLD.code
        BEGIN SELECT RAISE(ABORT, 'a merchant keeps its code'); END
        """,
        "CREATE TRIGGER book_settings_refuses_delete BEFORE DELETE ON book_settings "
            + "BEGIN SELECT RAISE(ABORT, 'book_settings rows are never deleted'); END",
        "CREATE TRIGGER merchant_refuses_delete BEFORE DELETE ON merchant "
            + "BEGIN SELECT RAISE(ABORT, 'merchant rows are never deleted'); END",
    ]
}
