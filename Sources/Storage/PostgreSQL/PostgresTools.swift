import CPostgreSQL

/// What PostgreSQL's own programs, such as `pg_dump`, are told of a database.
extension PostgresAddress {
    /// The address as `key='value'` pairs that anybody on the machine may read, and the password, which they are given in
    /// `PGPASSWORD` instead; nil where the address has none.
    package func forTools() throws(StorageFault) -> (connection: String, password: String?) {
        guard let options = PQconninfoParse(text, nil) else { throw .cannotOpen("the address cannot be read") }
        defer { PQconninfoFree(options) }
        var settings: [(String, String)] = []
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { settings.append((String(cString: keyword), String(cString: value))) }
            option += 1
        }
        if let database {
            settings.removeAll { $0.0 == "dbname" }
            settings.append(("dbname", database))
        }
        let pairs = settings.filter { $0.0 != "password" }.map { "\($0.0)='\(Self.escaped($0.1))'" }
        return (pairs.joined(separator: " "), settings.first { $0.0 == "password" }?.1)
    }

    private static func escaped(_ value: String) -> String {
        String(value.flatMap { $0 == "'" || $0 == "\\" ? ["\\", $0] : [$0] })
    }
}

extension PostgresStore {
    /// Whether a database has no table at all.
    package static func isEmpty(_ address: PostgresAddress) throws -> Bool {
        var count: Int64 = 0
        let text = """
            SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE relkind IN ('r', 'p', 'v', 'm') AND nspname NOT IN ('pg_catalog', 'information_schema')
                AND nspname NOT LIKE 'pg_toast%'
            """
        try PostgresConnection(address).query(text) { count = $0.integer() }
        return count == 0
    }
}
