import Storage

/// Finds keys.
package enum APIKeyStore {
    package static func find(_ id: APIKeyID, in work: borrowing UnitOfWork) throws -> APIKeyRecord {
        guard let record = try work.find(APIKeyRecord.self, id) else { throw KeyRejection.unknownKey(id) }
        return record
    }

    package static func find(_ hash: APIKeyHash, in rows: Rows) throws -> APIKeyRecord? {
        try rows.find(APIKeyRecord.byHash, hash.bytes)
    }

    /// Keys in the order they were made, after `previous`, at most `limit`.
    package static func page(after previous: APIKeyID?, limit: Int, in rows: Rows) throws -> [APIKeyRecord] {
        try rows.select(
            APIKeyRecord.self, "id > ?2 ORDER BY id LIMIT ?3",
            [.integer(previous?.rawValue ?? 0), .integer(Int64(limit))])
    }
}
