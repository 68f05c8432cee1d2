import CPostgreSQL

/// Where a PostgreSQL database is, in libpq's own words: a `postgres://` address or `key=value` pairs, with whatever they
/// leave out taken from the `PG…` variables, the password file and the service file.
package struct PostgresAddress: Sendable {
    /// May hold a password: never printed.
    let text: String
    /// In place of the database the address names.
    let database: String?

    /// - Parameters:
    ///   - text: An address; empty for what the environment says.
    ///   - database: Another database of the same server.
    package init(_ text: String, database: String? = nil) {
        self.text = text
        self.database = database
    }

    /// Whether a text is meant as an address rather than a directory.
    package static func isAddress(_ text: String) -> Bool {
        text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
    }

    /// - Throws: `unreachable` where no server answers, or it lets us not in.
    func connect() throws(StorageFault) -> OpaquePointer {
        let settings = Self.defaults + [("dbname", text)] + (database.map { [("dbname", $0)] } ?? []) + Self.demands
        let raw = Self.withCStrings(settings.map(\.0)) { names in
            Self.withCStrings(settings.map(\.1)) { values in PQconnectdbParams(names, values, 1) }
        }
        guard let raw else { throw .unreachable("out of memory") }
        guard PQstatus(raw) == CONNECTION_OK else {
            let sentence = Self.sentence(of: raw)
            PQfinish(raw)
            throw .unreachable(sentence)
        }
        return raw
    }

    /// The last error of a connection, as one line.
    static func sentence(of raw: OpaquePointer) -> String {
        guard let message = PQerrorMessage(raw) else { return "no message" }
        return String(cString: message).split(separator: "\n").joined(separator: "; ")
    }

    /// A server that is gone without a word is found out within seconds; the address may say otherwise.
    private static let defaults = [
        ("connect_timeout", "5"), ("keepalives_idle", "5"), ("keepalives_interval", "2"), ("keepalives_count", "3"),
        ("tcp_user_timeout", "15000"), ("application_name", "summa"),
    ]
    private static let demands = [("client_encoding", "UTF8")]

    /// C strings in an array that ends with a null, as long as the call.
    private static func withCStrings<T>(_ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> T) -> T {
        let copies = texts.map { $0.utf8CString }
        func collect(_ index: Int, _ pointers: [UnsafePointer<CChar>?]) -> T {
            guard index < copies.count else { return body(pointers + [nil]) }
            return copies[index].withUnsafeBufferPointer { collect(index + 1, pointers + [$0.baseAddress]) }
        }
        return collect(0, [])
    }
}
