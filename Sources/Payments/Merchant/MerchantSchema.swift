import Storage

/// The tables of books' settings and merchants.
package enum MerchantSchema {
    package static let migration = Migration(
        32, "book settings and merchants",
        [
            .table(BookSettings.table),
            .table(Merchant.table),
            .refusal(
                Refusal(
                    "book_settings_keeps_mode", .update, on: "book_settings", when: "NEW.mode <> OLD.mode",
                    "a book is a test or a live one for ever")),
            .refusal(
                Refusal(
                    "merchant_keeps_code", .update, on: "merchant", when: "NEW.code <> OLD.code",
                    "a merchant keeps its code")),
            .refusal(.deletion(of: "book_settings")),
            .refusal(.deletion(of: "merchant")),
        ])
}
