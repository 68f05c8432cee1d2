import Storage

/// The sandbox's tables. Times are microseconds since 1970 UTC, amounts minor units, days `YYYY-MM-DD`.
enum SandboxSchema {
    /// Opens the file for one writer, with every commit synced before it is acknowledged, and makes what is missing.
    static func open(path: String, salt: UInt64) throws -> SQLiteConnection {
        let connection = try SQLiteConnection(path: path, access: .readWrite)
        _ = try connection.text("PRAGMA journal_mode = WAL")
        // Savepoints keep what they may have to undo in memory, and the log of pages is carried over in larger parts.
        try connection.execute(
            """
            PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;
            PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 8000
            """)
        guard try connection.integer("PRAGMA synchronous") == 2 else { throw SandboxFault.notDurable }
        try connection.execute("BEGIN IMMEDIATE;" + tables + triggers + "COMMIT")
        let account = try connection.statement(
            "INSERT OR IGNORE INTO account (id, salt, next_identifier, callbacks) VALUES (1, ?, 1, 'all')")
        var values = account.parameters
        values.integer(Int64(bitPattern: salt))
        try account.run()
        return connection
    }

    private static let tables = """
        CREATE TABLE IF NOT EXISTS account (
            id INTEGER PRIMARY KEY CHECK (id = 1), salt INTEGER NOT NULL, next_identifier INTEGER NOT NULL,
            callback_url TEXT, callback_secret TEXT,
            callbacks TEXT NOT NULL CHECK (callbacks IN ('all', 'asynchronous')),
            refund_fails_before_percent INTEGER NOT NULL DEFAULT 0,
            refund_fails_after_percent INTEGER NOT NULL DEFAULT 0,
            timeout_success_percent INTEGER NOT NULL DEFAULT 0,
            timeout_failure_percent INTEGER NOT NULL DEFAULT 0
        ) STRICT;

        CREATE TABLE IF NOT EXISTS authorization (
            id TEXT PRIMARY KEY, reference TEXT NOT NULL, payment_method TEXT NOT NULL,
            amount INTEGER NOT NULL CHECK (amount > 0), currency TEXT NOT NULL,
            capture TEXT NOT NULL CHECK (capture IN ('manual', 'automatic')),
            created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
            ending TEXT CHECK (ending IN ('voided', 'final'))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS authorization_by_reference ON authorization (reference);

        CREATE TABLE IF NOT EXISTS operation (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('authorization', 'capture', 'void', 'refund')),
            authorization TEXT NOT NULL REFERENCES authorization (id), authorization_reference TEXT NOT NULL,
            reference TEXT, amount INTEGER NOT NULL CHECK (amount > 0), currency TEXT NOT NULL,
            final INTEGER NOT NULL CHECK (final IN (0, 1)), created_at INTEGER NOT NULL,
            status TEXT NOT NULL
                CHECK (status IN ('pending', 'action_required', 'succeeded', 'declined', 'failed', 'expired')),
            decline TEXT, finished_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS operation_by_reference ON operation (reference);
        CREATE INDEX IF NOT EXISTS operation_by_authorization ON operation (authorization);

        CREATE TABLE IF NOT EXISTS dispute (
            id TEXT PRIMARY KEY, authorization TEXT NOT NULL UNIQUE REFERENCES authorization (id),
            authorization_reference TEXT NOT NULL, amount INTEGER NOT NULL CHECK (amount > 0), currency TEXT NOT NULL,
            opened_at INTEGER NOT NULL, status TEXT NOT NULL CHECK (status IN ('opened', 'won', 'lost')),
            closed_at INTEGER
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE IF NOT EXISTS effect (
            sequence INTEGER PRIMARY KEY, kind TEXT NOT NULL, authorization TEXT NOT NULL, subject TEXT NOT NULL,
            reference TEXT, amount INTEGER NOT NULL CHECK (amount > 0), fee INTEGER NOT NULL CHECK (fee >= 0),
            currency TEXT NOT NULL, occurred_at INTEGER NOT NULL, day TEXT NOT NULL, UNIQUE (subject, kind)
        ) STRICT;
        CREATE TABLE IF NOT EXISTS settled_effect (
            effect INTEGER PRIMARY KEY REFERENCES effect (sequence), day TEXT NOT NULL
        ) STRICT;

        CREATE TABLE IF NOT EXISTS job (
            id INTEGER PRIMARY KEY, due_at INTEGER NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
            argument TEXT NOT NULL
        ) STRICT;
        CREATE INDEX IF NOT EXISTS job_by_due ON job (due_at);

        CREATE TABLE IF NOT EXISTS callback (
            id INTEGER PRIMARY KEY, event TEXT NOT NULL, body TEXT NOT NULL,
            signing TEXT NOT NULL CHECK (signing IN ('sound', 'forged', 'stale')), due_at INTEGER NOT NULL,
            attempts INTEGER NOT NULL, last_status INTEGER,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'abandoned'))
        ) STRICT;
        CREATE INDEX IF NOT EXISTS callback_waiting ON callback (due_at) WHERE state = 'waiting';

        CREATE TABLE IF NOT EXISTS kept_answer (
            idempotency_key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL
        ) STRICT;

        CREATE TABLE IF NOT EXISTS closed_day (
            day TEXT PRIMARY KEY, bank_date TEXT NOT NULL UNIQUE, settlement TEXT NOT NULL, bank TEXT NOT NULL,
            faithful_settlement TEXT NOT NULL, faithful_bank TEXT NOT NULL, planted TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS bank_balance (
            currency TEXT PRIMARY KEY, amount INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        """

    /// What has happened has happened.
    private static let triggers = ["effect", "settled_effect", "kept_answer", "closed_day"].map { table in
        """
        CREATE TRIGGER IF NOT EXISTS \(table)_is_not_changed BEFORE UPDATE ON \(table)
            BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END;
        CREATE TRIGGER IF NOT EXISTS \(table)_is_not_deleted BEFORE DELETE ON \(table)
            BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END;

        """
    }.joined()
}
