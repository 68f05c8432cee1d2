/// One step of the schema. Steps go forward only and are never edited once released: a database remembers the
/// fingerprint of each step it has taken and is refused when that differs.
package struct Migration: Sendable {
    package enum Step: Sendable {
        /// A table as its row type declares it, with its indexes and its triggers. When the row type changes, the step that
        /// made its table keeps the SQL it had, as `sql`, and a further step changes the table.
        case table(any TableDescription)
        case refusal(Refusal)
        /// SQL that both databases know.
        case sql(String)
        /// SQL in each database's own words.
        case dialects(@Sendable (SQLDialect) -> String)
        /// What only one of them needs.
        case only(SQLDialect, String)
    }

    package let version: Int64
    package let name: String
    let steps: [Step]

    package init(_ version: Int64, _ name: String, _ steps: [Step]) {
        self.version = version
        self.name = name
        self.steps = steps
    }

    /// The step's SQL, statement by statement.
    package func statements(for dialect: SQLDialect) -> [String] {
        steps.flatMap { step in
            switch step {
            case .table(let table): TableText(table: table, dialect: dialect).statements
            case .refusal(let refusal): refusal.statements(for: dialect)
            case .sql(let text): [text]
            case .dialects(let text): [text(dialect)]
            case .only(let one, let text): one == dialect ? [text] : []
            }
        }
    }

    /// The tables the step declares, in its order, which is the order a batch writes them in.
    package var tables: [any TableDescription] {
        steps.compactMap { step in
            guard case .table(let table) = step else { return nil }
            return table
        }
    }

    /// A 64-bit FNV-1a sum of the SQL: tells an edited step, not an adversary.
    package func fingerprint(for dialect: SQLDialect) -> Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in statements(for: dialect).joined(separator: ";").utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        return Int64(bitPattern: hash)
    }
}
