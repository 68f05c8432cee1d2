/// A PostgreSQL server, for whoever makes whole databases in it: benches and tests.
package struct PostgresServer: Sendable {
    private let address: String

    /// - Parameter address: Of any database of the server whose user may make others.
    package init(_ address: String) {
        self.address = address
    }

    /// The address of a database of this server.
    package func address(of database: String) -> PostgresAddress {
        PostgresAddress(address, database: database)
    }

    /// Makes a database where it is missing.
    /// - Parameters:
    ///   - name: Letters, digits and underscores.
    ///   - template: The database it is a copy of.
    package func make(_ name: String, from template: String = "template1") throws(StorageFault) {
        let server = try PostgresConnection(PostgresAddress(address))
        let found = try server.run("SELECT 1 FROM pg_database WHERE datname = '\(name)'")
        if found.rowCount == 0 { try server.execute("CREATE DATABASE \(name) TEMPLATE \(template)") }
    }

    /// Takes a database away, whoever uses it.
    package func drop(_ name: String) throws(StorageFault) {
        try PostgresConnection(PostgresAddress(address)).execute("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }

    /// What a database takes on the disk.
    package func bytes(of name: String) throws -> Int64 {
        var bytes: Int64 = 0
        try PostgresConnection(PostgresAddress(address)).query("SELECT pg_database_size('\(name)')") {
            bytes = $0.integer()
        }
        return bytes
    }
}
