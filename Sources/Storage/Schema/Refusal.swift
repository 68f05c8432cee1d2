/// A trigger that refuses to insert, change or take away rows: what the types say, said again where no program can forget it.
package struct Refusal: Sendable {
    package enum Event: String, Sendable {
        case insert = "INSERT"
        case update = "UPDATE"
        case delete = "DELETE"
    }

    let name: String
    let event: Event
    let table: String
    let condition: String?
    let query: String?
    let message: String

    /// - Parameters:
    ///   - condition: On `NEW` and `OLD`, in SQL both databases know; nil for always. Cheap: looked at for every row.
    ///   - query: A further condition that may look at other rows, only where the first is met.
    ///   - message: Why, for people.
    package init(
        _ name: String, _ event: Event, on table: String, when condition: String? = nil, andIf query: String? = nil,
        _ message: String
    ) {
        self.name = name
        self.event = event
        self.table = table
        self.condition = condition
        self.query = query
        self.message = message
    }

    /// Rows of a table are never taken away.
    package static func deletion(of table: String) -> Refusal {
        Refusal("\(table)_refuses_delete", .delete, on: table, "\(table) rows are never deleted")
    }

    /// Rows of a table are never changed nor taken away.
    package static func changes(of table: String) -> [Refusal] {
        [
            Refusal("\(table)_refuses_update", .update, on: table, "\(table) is append-only"),
            Refusal("\(table)_refuses_delete", .delete, on: table, "\(table) is append-only"),
        ]
    }

    /// Columns keep the values they were inserted with. Nulls count as a value.
    package static func change(of columns: [String], in table: String, _ message: String? = nil) -> Refusal {
        let changes = columns.map { "NEW.\($0) <> OLD.\($0) OR (NEW.\($0) IS NULL) <> (OLD.\($0) IS NULL)" }
        return Refusal(
            "\(table)_keeps_its_nature", .update, on: table, when: changes.joined(separator: " OR "),
            message ?? "a row of \(table) keeps what it was made with")
    }

    func statements(for dialect: SQLDialect) -> [String] {
        switch dialect {
        case .sqlite: [sqlite]
        case .postgres: query == nil ? [postgresTrigger(calling: "summa_refuse('\(message)')")] : postgresWithQuery
        }
    }

    /// A refused insert takes the whole transaction with it, which is given up in any case: without that SQLite copies each
    /// page a statement changes, to be able to undo just that statement.
    private var sqlite: String {
        let way = event == .insert ? "ROLLBACK" : "ABORT"
        return """
            CREATE TRIGGER \(name) BEFORE \(event.rawValue) ON \(table)\(condition.map { "\nWHEN \($0)" } ?? "")
            BEGIN SELECT RAISE(\(way), '\(message)')\(query.map { "\n    WHERE \($0)" } ?? ""); END
            """
    }

    private func postgresTrigger(calling function: String) -> String {
        """
        CREATE TRIGGER \(name) BEFORE \(event.rawValue) ON \(table) FOR EACH ROW\(condition.map { " WHEN (\($0))" } ?? "")
        EXECUTE FUNCTION \(function)
        """
    }

    /// A trigger's own condition may not look at other rows: that takes a function.
    private var postgresWithQuery: [String] {
        [
            """
            CREATE FUNCTION \(name)() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN
                IF \(query ?? "true") THEN
                    RAISE EXCEPTION '\(message)' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $body$
            """, postgresTrigger(calling: "\(name)()"),
        ]
    }

    /// What the triggers without a query call, in PostgreSQL: refuses with the sentence it is given.
    static let postgresFunction = """
        CREATE FUNCTION summa_refuse() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN
            RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
        END $body$
        """
}
