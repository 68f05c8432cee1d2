/// The tables of the engine itself: the head of each book, its log, and the log's tree.
package enum StorageSchema {
    package static let migration = Migration(
        1, "heads, events and tiles",
        [
            .only(.postgres, Refusal.postgresFunction),
            .dialects { dialect in
                """
                CREATE TABLE head (
                    book \(dialect.type(of: .integer)) NOT NULL PRIMARY KEY,
                    name \(dialect.type(of: .text)) NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 64),
                    epoch \(dialect.type(of: .integer)) NOT NULL CHECK (epoch >= 1),
                    sequence \(dialect.type(of: .integer)) NOT NULL CHECK (sequence >= 0),
                    last_time \(dialect.type(of: .integer)) NOT NULL,
                    last_identifier \(dialect.type(of: .integer)) NOT NULL CHECK (last_identifier >= 0),
                    writer \(dialect.type(of: .integer)) NOT NULL,
                    batch \(dialect.type(of: .integer)) NOT NULL,
                    tree \(dialect.type(of: .bytes)) NOT NULL
                )\(dialect == .sqlite ? " STRICT" : " WITH (fillfactor = 10)")
                """
            },
            // One history: what is relayed, what is audited and what is hashed are these bytes and no others.
            // Unlike all other tables here with row numbers in SQLite, at the price of a second tree: in a tree by its own key
            // it keeps at most a quarter of a page of a row, and the rest of an event would take a page to itself.
            .dialects { dialect in
                """
                CREATE TABLE event (
                    book \(dialect.type(of: .integer)) NOT NULL,
                    sequence \(dialect.type(of: .integer)) NOT NULL CHECK (sequence >= 1),
                    bytes \(dialect.type(of: .bytes)) NOT NULL,
                    PRIMARY KEY (book, sequence)
                )\(dialect == .sqlite ? " STRICT" : "")
                """
            },
            .dialects { dialect in
                """
                CREATE TABLE tile (
                    book \(dialect.type(of: .integer)) NOT NULL,
                    level \(dialect.type(of: .integer)) NOT NULL,
                    tile_index \(dialect.type(of: .integer)) NOT NULL,
                    hashes \(dialect.type(of: .bytes)) NOT NULL,
                    PRIMARY KEY (book, level, tile_index)
                )\(dialect == .sqlite ? " STRICT, WITHOUT ROWID" : "")
                """
            },
            // Logs that were put back from a backup, each with the epoch it was in: see `RestoredMark`.
            .dialects { dialect in
                """
                CREATE TABLE restored_log (
                    book \(dialect.type(of: .integer)) NOT NULL,
                    epoch \(dialect.type(of: .integer)) NOT NULL,
                    PRIMARY KEY (book, epoch)
                )\(dialect == .sqlite ? " STRICT, WITHOUT ROWID" : "")
                """
            },
        ] + (Refusal.changes(of: "event") + Refusal.changes(of: "tile")).map(Migration.Step.refusal) + [
            .refusal(
                Refusal(
                    "head_refuses_going_back", .update, on: "head",
                    when: """
                        NEW.sequence < OLD.sequence OR NEW.epoch < OLD.epoch OR NEW.last_identifier < OLD.last_identifier
                            OR NEW.last_time < OLD.last_time OR NEW.batch < OLD.batch OR NEW.name <> OLD.name
                            OR NEW.book <> OLD.book
                        """, "a head only goes forward")),
            // Which process is in charge of which group of books: where only one process writes, it is.
            .only(
                .postgres,
                """
                CREATE TABLE lease (
                    group_number BIGINT PRIMARY KEY, process BIGINT NOT NULL, fence BIGINT NOT NULL,
                    expires_at BIGINT NOT NULL) WITH (fillfactor = 50)
                """),
            .only(
                .postgres,
                """
                INSERT INTO lease (group_number, process, fence, expires_at)
                SELECT n, 0, 0, 0 FROM generate_series(0, \(BookGroup.count - 1)) AS n
                """),
            .only(.postgres, "CREATE TABLE process (id BIGINT PRIMARY KEY, expires_at BIGINT NOT NULL, url TEXT)"),
            .refusal(Refusal("head_refuses_delete", .delete, on: "head", "a head is never deleted")),
        ])

    static let headColumns = "book, name, epoch, sequence, last_time, last_identifier, writer, batch, tree"
    static let selectHead = "SELECT \(headColumns) FROM head WHERE book = ?1"
    static let selectHeads = "SELECT \(headColumns) FROM head ORDER BY book"
    static let insertHead = "INSERT INTO head (\(headColumns)) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
    static let updateHead = """
        UPDATE head SET name = ?2, epoch = ?3, sequence = ?4, last_time = ?5, last_identifier = ?6, writer = ?7,
        batch = ?8, tree = ?9 WHERE book = ?1
        """
    static let insertEvent = "INSERT INTO event (book, sequence, bytes) VALUES (?1, ?2, ?3)"
    static let selectEvent = "SELECT bytes FROM event WHERE book = ?1 AND sequence = ?2"
    static let insertTile = "INSERT INTO tile (book, level, tile_index, hashes) VALUES (?1, ?2, ?3, ?4)"

    static func write(_ head: Head, to columns: inout ColumnWriter) {
        columns.integer(head.book.rawValue)
        columns.text(head.name)
        columns.integer(head.epoch)
        columns.integer(head.sequence)
        columns.instant(head.lastTime)
        columns.integer(head.lastIdentifier)
        columns.integer(head.writer)
        columns.integer(head.batch)
        columns.bytes(head.tree)
    }

    static func head(from columns: inout ColumnReader) -> Head {
        Head(
            book: BookID(rawValue: columns.integer()), name: columns.text(), epoch: columns.integer(),
            sequence: columns.integer(), lastTime: columns.instant(), lastIdentifier: columns.integer(),
            writer: columns.integer(), batch: columns.integer(), tree: columns.bytes())
    }
}
