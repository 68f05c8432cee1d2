/// Many callers' units of work in one database transaction.
///
/// A synchronous object: `enqueue` may be called from any thread, `runBatch` from one. In production a thread of its own
/// calls it, in simulation the scheduler does. If the process dies before the commit, nothing of the batch happened;
/// after it, all of it did, whether or not the callers were told.
package final class Engine: @unchecked Sendable {
    let place: Commit.Place
    let clock: any TimeSource
    let limits: Limits
    let writer: Int64
    /// Called when the process must not go on: what is on disk is unknown, or disagrees with itself.
    let stop: @Sendable (StorageFault) -> Void
    let queue: WaitingQueue
    /// Nil where every commit has ended before the next batch's bodies run.
    let ahead: RunningAhead?
    var books: BookStates
    /// Jobs that were taken from the queue, in batches to be; the next stands at the end.
    var slices: [ArraySlice<Job>] = []
    /// What goes on beside the bodies of the batch in hand.
    var committing: Commit?
    /// How many batches more run one after the other, before one runs ahead again.
    var batchCountToPause = 0
    /// How often in a row a batch was run again for something that passes.
    var retryCount = 0
    /// Why the engine went out of service; from then on it writes nothing.
    var halted: StorageFault?
    var isRunning = false
    package let measures = EngineMeasures()
    /// Told of each commit that appended to a log, before its callers are.
    package let signal: CommitSignal

    /// - Parameters:
    ///   - tables: Every table bodies may touch, in the order they are to be written.
    ///   - writer: This process's number among all that write to the database, drawn anew at each start.
    ///   - ahead: What bodies need to run while the batch before theirs is being committed.
    ///   - stop: Ends the process, or in a test tells that it would end.
    package init(
        connection: any WriterConnection, tables: [any TableDescription], log: any LogExtension,
        clock: any TimeSource, limits: Limits, writer: Int64, signal: CommitSignal = CommitSignal(),
        ahead: RunningAhead? = nil, stop: @escaping @Sendable (StorageFault) -> Void
    ) {
        place = Commit.Place(
            connection: connection, log: log, limits: limits, measures: measures, signal: signal)
        self.ahead = ahead
        self.clock = clock
        self.limits = limits
        self.writer = writer
        self.signal = signal
        self.stop = stop
        queue = WaitingQueue(countMax: limits.queueCountMax, bytesMax: limits.queueBytesMax)
        books = BookStates(tables: KnownTables(tables, runSeed: connection.runs?.seed), bytesMax: limits.cacheBytesMax)
    }

    /// Here rather than where the writer's thread ends: an engine whose opening fails never has one.
    deinit {
        ahead?.commits.stop()
    }

    // MARK: Taking work

    /// Puts a body in the queue. The completion is called once: after the commit is durable, or with the reason why not.
    /// A full queue refuses at once with `overloaded`.
    package func enqueue<T>(
        _ book: BookID, expecting: [ExpectedKey] = [], bytes: Int = 256,
        body: @escaping (inout UnitOfWork) throws -> T, completion: @escaping (Result<T, any Error>) -> Void
    ) {
        let job = TypedJob(book: book, expecting: expecting, bytes: bytes, body: body, completion: completion)
        guard let refusal = queue.add(job) else { return }
        refuse(refusal, job.fail)
    }

    /// Makes a book: an empty log under a name. It is there when the completion is called without an error.
    package func enqueueCreation(
        of book: BookID, named name: String, completion: @escaping @Sendable (Result<Void, any Error>) -> Void
    ) {
        let creation = BookCreation(book: book, name: name, completion: completion)
        guard let refusal = queue.add(creation) else { return }
        refuse(refusal) { completion(.failure($0)) }
    }

    private func refuse(_ refusal: StorageFault, _ tell: (any Error) -> Void) {
        if case .overloaded = refusal { measures.refused() }
        tell(refusal)
    }

    package var waitingCount: Int { queue.count }

    /// Refuses new work; what waits is still served by further batches.
    package func close() {
        queue.close()
    }

    /// How many callers are in the commit that goes on beside. For the thread that runs batches.
    var committingCount: Int { committing?.jobCount ?? 0 }

    /// The commit that went on beside has ended, and no batch was run since.
    var hasCommitEnded: Bool { committing != nil && ahead?.commits.isRunning == false }

    /// Whether it is a commit's thread that asks.
    var isCommitsThread: Bool { ahead?.commits.isOwnThread ?? false }

    /// Has a call made whenever a commit has ended that went on beside: a batch is to be run then, be it of nobody.
    func whenCommitEnds(_ call: @escaping @Sendable () -> Void) {
        ahead?.commits.whenEnded(call)
    }
}
