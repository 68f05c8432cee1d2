import Storage

/// The tables of access control. They lie in the restricted log's book, beside the events that tell of them.
package enum AccessSchema {
    package static let migration = Migration(20, "api keys", [.table(APIKeyRecord.table)])
}
