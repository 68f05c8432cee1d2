import EventLog
import Storage

/// The tables of followers of the log. All derived: dropping them costs a rebuild and nothing else.
package enum DeliverySchema {
    package static let migration = Migration(4, "cursors and projections", [.table(Cursor.table)])
}
