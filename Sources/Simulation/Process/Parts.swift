import Delivery
import EventLog
import Ledger
import Payments
import Reconciliation
import Storage

/// All tables and all replayers there are, as an installation has them.
enum Parts {
    static let migrations: [Migration] =
        ([LedgerSchema.migration, PaymentsSchema.migration, DeliverySchema.migration, AccessSchema.migration]
        + BackOffice.migrations + ReconciliationParts.migrations).sorted { $0.version < $1.version }

    static let replayers: [any EventReplayer] =
        [LedgerReplay(), PaymentsReplay(), AccessReplay()] + BackOffice.replayers + ReconciliationParts.replayers
}
