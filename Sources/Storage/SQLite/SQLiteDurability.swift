/// What a SQLite file must be set to before money is written to it.
enum SQLiteDurability {
    /// Sets what belongs to the connection and reads it back; a file that cannot be set so is refused by name.
    static func demand(of connection: SQLiteConnection) throws(StorageFault) {
        if try connection.integer("PRAGMA page_count") == 0 {
            // Only an empty file can choose. Since keys that come in no order stand in runs, what a batch changes at random is the
            // rows of counters: the smaller their pages, the less is written for them, and rows in order do not care.
            try connection.execute("PRAGMA page_size = 4096")
        }
        guard try connection.text("PRAGMA journal_mode = WAL") == "wal" else {
            throw .cannotOpen("the file cannot use a write-ahead log; it may be on a network file system")
        }
        try connection.execute(
            """
            PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 67108864;
            PRAGMA cache_size = -32768;
            PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF
            """)
        try check(connection)
    }

    /// Refuses settings under which an acknowledged commit could be lost.
    static func check(_ connection: SQLiteConnection) throws(StorageFault) {
        let synchronous = try connection.integer("PRAGMA synchronous")
        guard synchronous >= 2 else {
            throw .cannotOpen("PRAGMA synchronous is \(synchronous); FULL (2) or EXTRA (3) is needed")
        }
        let mode = try connection.text("PRAGMA journal_mode")
        guard mode == "wal" else { throw .cannotOpen("PRAGMA journal_mode is \(mode); WAL is needed") }
    }
}
