import EventLog
import Payments
import Storage

/// Lets books that were put back from a backup go on: each begins an epoch, is signed, and may be written to again.
struct EpochStart {
    let place: InstallationPlace

    private static let context = EventContext(actor: "system:new_epoch")

    /// If the process dies in between, it is run again: books that have begun their epoch are left as they are, and only when
    /// all have been signed is the mark of the restore taken away.
    /// - Returns: What was told, by book; nothing of books that had told it before.
    func run() async throws -> [LogCut] {
        guard place.mayHaveBooks else {
            throw CommandFailure("there is no database in \(place.directory.path)")
        }
        let clock = SystemClock()
        let database = try Database(
            place.database, migrations: Schema.migrations, log: MerkleLog(), clock: clock,
            writer: SystemRandom().writerNumber(), stop: { Installation.stop(because: "\($0)") })
        defer { database.close() }
        let cuts = try await begin(on: database)
        let asking = AskBeforeSending(database: database)
        for head in try database.heads() where head.book.isTenant { try await asking.run(head.book) }
        try sign(database, at: clock.now)
        try place.directory.noteEpochBegun()
        return cuts
    }

    private var checkpoints: CheckpointDirectory {
        get throws { try CheckpointDirectory(path: place.directory.checkpointDirectory) }
    }

    private func begin(on database: Database) async throws -> [LogCut] {
        let outside = try checkpoints
        let latest = try Dictionary(grouping: outside.latest()) {
            LogOrigin(text: try Checkpoint(text: $0.text).origin)?.book
        }
        let beginning = EpochBeginning(of: database, verifier: try place.directory.verifier())
        var cuts: [LogCut] = []
        for head in try database.heads() {
            let notes = try outside.history(of: head.name) + (latest[head.name] ?? [])
            if let cut = try await beginning.run(head.book, notes: notes, context: Self.context) { cuts.append(cut) }
        }
        return cuts
    }

    private func sign(_ database: Database, at now: Instant) throws {
        let checkpointer = Checkpointer(
            database: database, signer: try place.directory.signer(), places: [try checkpoints])
        try checkpointer.start()
        for head in try database.heads() { _ = try checkpointer.current(of: head.book, now) }
    }
}
