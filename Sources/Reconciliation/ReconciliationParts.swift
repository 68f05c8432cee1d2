import EventLog
import Storage

/// What reconciliation adds to an installation, listed once for whoever opens a database, publishes events or verifies a log.
package enum ReconciliationParts {
    package static let migrations = [ReconciliationSchema.migration]

    package static let contents: [any EventContent.Type] = [
        SettlementTermsSet.self, StatementReceived.self, LineBooked.self, StatementImported.self, ReceiptTold.self,
        BreakOpened.self, BreakResolved.self, AdjustmentProposed.self, AdjustmentApproved.self, AdjustmentRejected.self,
    ]

    package static let replayers: [any EventReplayer] = [ReconciliationReplay()]
}
