import CSQLite

extension SQLiteConnection {
    /// Has SQLite look at the deadline every thousand or so of its steps, some tens of microseconds, and break off after it.
    func watchDeadline() {
        guard deadline != nil else { return sqlite3_progress_handler(handle, 0, nil, nil) }
        sqlite3_progress_handler(
            handle, 1_000,
            { context in
                guard let context else { return 0 }
                let connection = Unmanaged<SQLiteConnection>.fromOpaque(context).takeUnretainedValue()
                return connection.deadline?.hasPassed == true ? 1 : 0
            }, Unmanaged.passUnretained(self).toOpaque())
    }
}
