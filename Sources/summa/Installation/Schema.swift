import Delivery
import EventLog
import Ledger
import Payments
import Storage

/// All tables and all replayers there are: what a database is made with, and what `verify` makes it again with.
enum Schema {
    static let migrations: [Migration] = [
        LedgerSchema.migration,
        DeliverySchema.migration,
        AccessSchema.migration,
    ]

    static let replayers: [any EventReplayer] = []
}
