/// Which database's SQL. Rows declare their columns once; where the two differ is in this directory and nowhere else.
package enum SQLDialect: Sendable {
    case sqlite
    case postgres

    func type(of kind: Column.Kind) -> String {
        switch (self, kind) {
        case (.sqlite, .integer): "INTEGER"
        case (.sqlite, .text): "TEXT"
        case (.sqlite, .bytes): "BLOB"
        case (.postgres, .integer): "BIGINT"
        // Byte by byte, whatever language the server speaks: what comes first must not depend on where it runs.
        case (.postgres, .text): "TEXT COLLATE \"C\""
        case (.postgres, .bytes): "BYTEA"
        }
    }

    // MARK: For views that people read

    /// A moment's text form, from microseconds.
    package func moment(_ column: String) -> String {
        switch self {
        case .sqlite:
            "strftime('%Y-%m-%dT%H:%M:%S', \(column) / 1000000, 'unixepoch') || printf('.%06dZ', \(column) % 1000000)"
        case .postgres:
            """
            to_char(to_timestamp(\(column) / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')
                || '.' || lpad((\(column) % 1000000)::text, 6, '0') || 'Z'
            """
        }
    }

    /// A positive amount in major units, from minor units, ten to the power of the exponent, and the exponent.
    package func decimal(_ amount: String, factor: String, exponent: String) -> String {
        switch self {
        case .sqlite:
            """
            CASE \(exponent) WHEN 0 THEN printf('%d', \(amount))
                ELSE printf('%d.%0*d', \(amount) / \(factor), \(exponent), \(amount) % \(factor)) END
            """
        case .postgres:
            """
            CASE \(exponent) WHEN 0 THEN \(amount)::text
                ELSE (\(amount) / \(factor))::text || '.' || lpad((\(amount) % \(factor))::text, \(exponent)::int, '0') END
            """
        }
    }
}
