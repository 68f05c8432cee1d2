import Storage

/// The tables of provider accounts, and of how their providers are reached.
package enum ProviderAccountSchema {
    package static let migration = Migration(
        33, "provider accounts",
        [.table(ProviderAccount.table), .table(ProviderConnectionRow.table)] + rules.map(Migration.Step.sql))

    private static let rules = [
        """
        CREATE TRIGGER provider_account_keeps_its_nature BEFORE UPDATE ON provider_account
        WHEN NEW.code <> OLD.code OR NEW.provider <> OLD.provider
        BEGIN SELECT RAISE(ABORT, 'a provider account keeps its code and its provider'); END
        """,
        """
        CREATE TRIGGER provider_account_refuses_delete BEFORE DELETE ON provider_account
        BEGIN SELECT RAISE(ABORT, 'provider_account rows are never deleted'); END
        """,
    ]
}
