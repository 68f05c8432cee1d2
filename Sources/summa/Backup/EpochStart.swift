import EventLog
import Payments
import Storage

/// Lets books that were put back from a backup go on: each begins an epoch, is signed, and may be written to again.
struct EpochStart {
    let place: InstallationPlace
    /// Whether a person says that the database went back by other means than `Restoration`, where nothing shows it.
    let isRewound: Bool

    private static let context = EventContext(actor: "system:new_epoch")

    /// If the process dies in between, it is run again: books that have begun their epoch are left as they are. What may have
    /// been sent before is asked about first, so that books that begin their epoch may be served.
    /// - Returns: What was told, by book; nothing of books that had told it before.
    /// - Throws: `CommandFailure` where nothing was put back.
    func run() async throws -> [LogCut] {
        guard place.mayHaveBooks else {
            throw CommandFailure("there is no database in \(place.directory.path)")
        }
        let clock = SystemClock()
        let database = try Database(
            place.database, migrations: Schema.migrations, log: MerkleLog(), clock: clock,
            writer: SystemRandom().writerNumber(), stop: { Installation.stop(because: "\($0)") })
        defer { database.close() }
        let beginning = EpochBeginning(of: database, verifier: try place.directory.verifier())
        let plans = try due(plans(of: beginning, on: database))
        if !plans.isEmpty { try await askBeforeSending(on: database) }
        for plan in plans { try await beginning.run(plan, context: Self.context) }
        try sign(database, at: clock.now)
        return plans.map(\.cut)
    }

    private var checkpoints: CheckpointDirectory {
        get throws { try CheckpointDirectory(path: place.directory.checkpointDirectory) }
    }

    private func plans(of beginning: EpochBeginning, on database: Database) throws -> [EpochPlan] {
        let outside = try checkpoints
        let latest = try Dictionary(grouping: outside.latest()) {
            LogOrigin(text: try Checkpoint(text: $0.text).origin)?.book
        }
        return try database.heads().map { head in
            try beginning.plan(head.book, notes: outside.history(of: head.name) + (latest[head.name] ?? []))
        }
    }

    /// One database went back as a whole: where one log shows it, all begin an epoch. Those that show it come last, so that
    /// they still do when this is broken off and run again.
    private func due(_ plans: [EpochPlan]) throws -> [EpochPlan] {
        let untold = plans.filter { $0.standing != .cutTold }
        let showing = untold.filter { $0.standing == .putBack }
        guard isRewound || untold.isEmpty || !showing.isEmpty else {
            throw CommandFailure(
                """
                nothing shows that the books in \(place.directory.path) were put back: no restore has marked them, and all \
                that was signed is there; if the database went back by other means, say so: summa new-epoch --rewound
                """)
        }
        return untold.filter { $0.standing != .putBack } + showing
    }

    private func askBeforeSending(on database: Database) async throws {
        let asking = AskBeforeSending(database: database)
        for head in try database.heads() where head.book.isTenant { try await asking.run(head.book) }
    }

    private func sign(_ database: Database, at now: Instant) throws {
        let checkpointer = Checkpointer(
            database: database, signer: try place.directory.signer(), places: [try checkpoints])
        try checkpointer.start()
        for head in try database.heads() { _ = try checkpointer.current(of: head.book, now) }
    }
}
