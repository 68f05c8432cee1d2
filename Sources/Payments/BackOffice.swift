import EventLog
import Storage

/// What payments rest on and people look after: books' settings, merchants, provider accounts, what providers tell us, what
/// waits for a person, and private texts. Listed once, for whoever opens a database, publishes events or verifies a log.
package enum BackOffice {
    package static let migrations = [
        WorkItemSchema.migration, PrivateTextSchema.migration, MerchantSchema.migration,
        ProviderAccountSchema.migration, NotificationSchema.migration, PaymentViewSchema.migration,
    ]

    package static let contents: [any EventContent.Type] = [
        WorkItemResolved.self, PrivateTextErased.self, BookOpened.self, BookChanged.self, MerchantCreated.self,
        MerchantChanged.self, ProviderAccountCreated.self, ProviderAccountChanged.self, ProviderConnectionChanged.self,
        NotificationReceived.self, ClockDoubted.self, ClockTrusted.self,
    ]

    package static let replayers: [any EventReplayer] = [
        WorkItemReplay(), MerchantReplay(), ProviderAccountReplay(),
    ]
}
