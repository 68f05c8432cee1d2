import CSQLite

/// The write-ahead log of the one writing connection, and carrying it over into the database's file piece by piece.
///
/// A reader holds back what is newer than its snapshot. As long as readers overlap without a gap the log would grow for
/// ever, so when it has grown to several times its size the writer waits a moment for those who read from it: who comes
/// meanwhile reads the file itself, and the log can begin anew. A reader that stays longer is not waited for again until
/// the log has doubled.
final class WriteAheadLog {
    /// Pages after the last commit, as SQLite tells it.
    private let pages = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    private let connection: SQLiteConnection
    private let pagesPerCheckpoint: Int32
    private var lastPages: Int32 = 0
    private var checkpointAt: Int32
    private var waitForReadersAt: Int32

    /// - Parameter pagesPerCheckpoint: How far the log may grow before a part is carried over; small enough that it does
    ///   not hold the writer up.
    init(of connection: SQLiteConnection, pagesPerCheckpoint: Int32) {
        self.connection = connection
        self.pagesPerCheckpoint = pagesPerCheckpoint
        checkpointAt = pagesPerCheckpoint
        waitForReadersAt = Self.waitingFactor * pagesPerCheckpoint
        pages.initialize(to: 0)
        sqlite3_wal_hook(
            connection.handle,
            { context, _, _, pages in
                context?.assumingMemoryBound(to: Int32.self).pointee = pages
                return SQLITE_OK
            }, pages)
    }

    deinit {
        sqlite3_wal_hook(connection.handle, nil, nil)
        pages.deallocate()
    }

    /// Carries a part over when the log has grown enough. Called between batches.
    func carryOver() throws(StorageFault) {
        let size = pages.pointee
        if size < lastPages { beginAnew() }
        lastPages = size
        guard size >= checkpointAt else { return }
        checkpointAt = size + pagesPerCheckpoint
        guard size >= waitForReadersAt else { return _ = try checkpoint(SQLITE_CHECKPOINT_PASSIVE) }
        if try !checkpointWaitingForReaders() { waitForReadersAt = size * 2 }
    }

    /// Waits in several short turns: a reader who comes may take the place SQLite waits for, and others share it with him
    /// without a gap. The next turn sees that they read the newest state, and waits for nobody but those who came before.
    private func checkpointWaitingForReaders() throws(StorageFault) -> Bool {
        sqlite3_busy_timeout(connection.handle, Self.turnMilliseconds)
        defer { sqlite3_busy_timeout(connection.handle, SQLiteConnection.busyMilliseconds) }
        for _ in 0..<Self.turnCountMax where try checkpoint(SQLITE_CHECKPOINT_RESTART) { return true }
        return false
    }

    private func beginAnew() {
        checkpointAt = pagesPerCheckpoint
        waitForReadersAt = Self.waitingFactor * pagesPerCheckpoint
    }

    /// False when a reader was in the way, or the disk is full: the rest waits for another time, and a full disk is told to
    /// the next writer.
    private func checkpoint(_ mode: Int32) throws(StorageFault) -> Bool {
        let code = sqlite3_wal_checkpoint_v2(connection.handle, nil, mode, nil, nil)
        switch code & 0xFF {
        case SQLITE_OK: return true
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL: return false
        default: throw connection.fault(code, in: "wal_checkpoint")
        }
    }

    private static let waitingFactor: Int32 = 4
    private static let turnMilliseconds: Int32 = 20
    private static let turnCountMax = 5
}
