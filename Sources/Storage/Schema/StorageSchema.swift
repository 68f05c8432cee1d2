/// The tables of the engine itself: the head of each book, its log, and the log's tree.
package enum StorageSchema {
    package static let migration = Migration(
        1, "heads, events and tiles",
        [
            .sql(
                """
                CREATE TABLE head (
                    book INTEGER NOT NULL PRIMARY KEY,
                    name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 64),
                    epoch INTEGER NOT NULL CHECK (epoch >= 1),
                    sequence INTEGER NOT NULL CHECK (sequence >= 0),
                    last_time INTEGER NOT NULL,
                    last_identifier INTEGER NOT NULL CHECK (last_identifier >= 0),
                    writer INTEGER NOT NULL,
                    batch INTEGER NOT NULL,
                    tree BLOB NOT NULL
                ) STRICT
                """),
            // One history: what is relayed, what is audited and what is hashed are these bytes and no others.
            .sql(
                """
                CREATE TABLE event (
                    book INTEGER NOT NULL,
                    sequence INTEGER NOT NULL CHECK (sequence >= 1),
                    bytes BLOB NOT NULL,
                    PRIMARY KEY (book, sequence)
                ) STRICT, WITHOUT ROWID
                """),
            .sql(
                """
                CREATE TABLE tile (
                    book INTEGER NOT NULL,
                    level INTEGER NOT NULL,
                    tile_index INTEGER NOT NULL,
                    hashes BLOB NOT NULL,
                    PRIMARY KEY (book, level, tile_index)
                ) STRICT, WITHOUT ROWID
                """),
            .immutable("event"),
            .immutable("tile"),
            .sql(
                """
                CREATE TRIGGER head_refuses_going_back BEFORE UPDATE ON head
                WHEN NEW.sequence < OLD.sequence OR NEW.epoch < OLD.epoch OR NEW.last_identifier < OLD.last_identifier
                    OR NEW.last_time < OLD.last_time OR NEW.batch < OLD.batch OR NEW.name <> OLD.name
                    OR NEW.book <> OLD.book
                BEGIN SELECT RAISE(ABORT, 'a head only goes forward'); END
                """),
            .sql(
                """
                CREATE TRIGGER head_refuses_delete BEFORE DELETE ON head
                BEGIN SELECT RAISE(ABORT, 'a head is never deleted'); END
                """),
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
    static let insertTile = "INSERT INTO tile (book, level, tile_index, hashes) VALUES (?1, ?2, ?3, ?4)"

    static func bind(_ head: Head, to statement: SQLiteStatement) {
        var columns = statement.parameters
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
