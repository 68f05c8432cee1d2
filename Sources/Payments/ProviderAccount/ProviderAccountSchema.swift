import Storage

/// The tables of provider accounts, and of how their providers are reached.
package enum ProviderAccountSchema {
    package static let migration = Migration(
        33, "provider accounts",
        [
            .table(ProviderAccount.table),
            .table(ProviderConnectionRow.table),
            .refusal(
                .change(
                    of: ["code", "provider"], in: "provider_account",
                    "a provider account keeps its code and its provider")),
            .refusal(.deletion(of: "provider_account")),
        ])
}
