import Storage

/// Shows a tenant's keys, revoked ones included, in the order they were made. Never a secret, nor its hash.
package struct ListAPIKeys: Sendable {
    let database: Database

    package init(database: Database) {
        self.database = database
    }

    package func run(book: BookID, after previous: APIKeyID?, limit: Int) throws -> (keys: [APIKeyRecord], asOf: Int64)
    {
        try database.read(book.restricted) { rows in
            (try APIKeyStore.page(after: previous, limit: limit, in: rows), rows.asOf)
        }
    }
}
