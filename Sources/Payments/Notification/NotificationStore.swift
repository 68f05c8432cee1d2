import EventLog
import Ledger
import Storage

/// Keeps and finds notifications.
package enum NotificationStore {
    /// The notifications that spoke of a payment, in the order they came.
    package static func all(of payment: PaymentID, in rows: Rows) throws -> [KeptNotification] {
        try rows.select(KeptNotification.self, "payment = ?2 ORDER BY id", [.integer(payment.rawValue)])
    }

    /// Notifications in the order they came, after `previous`, at most `limit`.
    package static func page(
        after previous: NotificationID?, limit: Int, in rows: Rows
    ) throws -> [KeptNotification] {
        try rows.select(
            KeptNotification.self, "id > ?2 ORDER BY id LIMIT ?3",
            [.integer(previous?.rawValue ?? 0), .integer(Int64(limit))])
    }

    /// The longest kept of those received before a moment.
    static func received(before moment: Instant, limit: Int, in rows: Rows) throws -> [KeptNotification] {
        try page(after: nil, limit: limit, in: rows).filter { $0.receivedAt < moment }
    }

    /// One that came before, with the same verdict.
    static func find(
        _ name: ProviderReference, from account: PathSegment, as verdict: NotificationVerdict,
        in work: borrowing UnitOfWork
    ) throws -> KeptNotification? {
        try work.find(KeptNotification.byIdentity, KeptNotification.identity(of: name, from: account, as: verdict))
    }

    static func noteRepeat(of notification: KeptNotification, in work: inout UnitOfWork) {
        var repeated = notification
        // A provider that has sent one so often has other troubles than ours of counting further.
        repeated.repeatCount = min(repeated.repeatCount, .max - 1) + 1
        work.update(repeated)
    }
}

/// The table of notifications.
package enum NotificationSchema {
    package static let migration = Migration(
        34, "notifications",
        [
            .table(KeptNotification.table),
            .sql("CREATE INDEX notification_by_payment ON notification (book, payment, id) WHERE payment IS NOT NULL"),
        ])
}
