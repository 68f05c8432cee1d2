/// Many callers' units of work in one database transaction.
///
/// A synchronous object: `enqueue` may be called from any thread, `runBatch` from one. In production a thread of its own
/// calls it, in simulation the scheduler does. If the process dies before the commit, nothing of the batch happened;
/// after it, all of it did, whether or not the callers were told.
package final class Engine: @unchecked Sendable {
    private let connection: any WriterConnection
    private let log: any LogExtension
    private let clock: any TimeSource
    private let limits: Limits
    private let writer: Int64
    /// Called when the process must not go on: what is on disk is unknown, or disagrees with itself.
    private let stop: @Sendable (StorageFault) -> Void
    private let queue: WaitingQueue
    private var books: BookStates
    /// Why the engine went out of service; from then on it writes nothing.
    private var halted: StorageFault?
    private var isRunning = false
    package let measures = EngineMeasures()
    /// Told of each commit that appended to a log, before its callers are.
    package let signal: CommitSignal

    /// - Parameters:
    ///   - tables: Every table bodies may touch, in the order they are to be written.
    ///   - writer: This process's number among all that write to the database, drawn anew at each start.
    ///   - stop: Ends the process, or in a test tells that it would end.
    package init(
        connection: any WriterConnection, tables: [any TableDescription], log: any LogExtension,
        clock: any TimeSource, limits: Limits, writer: Int64, signal: CommitSignal = CommitSignal(),
        stop: @escaping @Sendable (StorageFault) -> Void
    ) {
        self.connection = connection
        self.log = log
        self.clock = clock
        self.limits = limits
        self.writer = writer
        self.signal = signal
        self.stop = stop
        queue = WaitingQueue(countMax: limits.queueCountMax, bytesMax: limits.queueBytesMax)
        books = BookStates(tables: KnownTables(tables, runSeed: connection.runs?.seed), bytesMax: limits.cacheBytesMax)
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

    // MARK: Running a batch

    /// Serves up to a batch of the waiting callers with one commit. Answers how many it served.
    @discardableResult
    package func runBatch() -> Int {
        precondition(!isRunning, "a batch is not run inside a batch")
        isRunning = true
        defer { isRunning = false }
        let creations = queue.takeCreations()
        for creation in creations { make(creation) }
        let jobs = queue.takeJobs(countMax: limits.batchCountMax, ofOneBook: connection.takesOneBook)
        if !jobs.isEmpty { run(jobs) }
        if !creations.isEmpty || !jobs.isEmpty { tidy() }
        return creations.count + jobs.count
    }

    /// Runs batches until nobody waits. Within a batch, as from a completion, it does nothing: the batch goes on.
    func runBatches() {
        while !isRunning, waitingCount > 0 { runBatch() }
    }

    /// Runs the jobs in one batch, and in further ones what that had no room for. A batch in which a statement was
    /// refused is run again by halves, in order, until the body whose doing it was stands alone: it fails and the rest
    /// commit, at the cost of a few commits rather than of one for each.
    private func run(_ jobs: [Job]) {
        var slices = [jobs[...]]
        var retryCount = 0
        while let slice = slices.popLast() {
            if halted != nil {
                for job in slice { job.fail(StorageFault.stopped) }
                continue
            }
            var batch = Batch(connection: connection, log: log, clock: clock, limits: limits, writer: writer)
            switch batch.run(Array(slice), books: &books) {
            case .committed(let left):
                retryCount = 0
                tell(batch)
                if !left.isEmpty { slices.append(left[...]) }
            case .failed(let fault as StorageFault) where fault.isStatementFailure && slice.count > 1:
                measures.isolated()
                let middle = slice.startIndex + slice.count / 2
                slices += [slice[middle...], slice[..<middle]]
            case .failed(let fault as StorageFault) where fault.isPassing && retryCount < limits.retryCountMax:
                retryCount += 1
                measures.retried()
                Pause.afterFailure(retryCount)
                slices.append(slice)
            case .failed(let fault):
                fail(slice, fault)
            }
        }
    }

    private func tell(_ batch: Batch) {
        if batch.wasSettled { measures.settled() }
        measures.committed(jobs: batch.ended.count)
        measures.remembered(bytes: books.bytes)
        if !batch.grownLogs.isEmpty { signal.advanced(batch.grownLogs) }
        for job in batch.ended { job.complete() }
        for (job, fault) in batch.failed { job.fail(fault) }
    }

    private func fail(_ jobs: ArraySlice<Job>, _ fault: any Error) {
        measures.failed()
        for job in jobs { job.fail(fault) }
        halt(ifNeededFor: fault)
    }

    private func tidy() {
        guard halted == nil else { return }
        do { try connection.tidy() } catch { halt(ifNeededFor: error) }
    }

    /// Goes out of service when the fault leaves it unknown what is on disk, and says so once. Who waits is refused by the
    /// batches that follow: nothing is written any more, and memory is not believed.
    private func halt(ifNeededFor fault: any Error) {
        guard halted == nil, let fault = fault as? StorageFault, fault.stopsProcess else { return }
        halted = fault
        books.forgetAll()
        close()
        stop(fault)
    }

    private func make(_ creation: BookCreation) {
        guard halted == nil else { return creation.completion(.failure(StorageFault.stopped)) }
        let result = Result { try creation.make(on: connection, writer: writer) }
        creation.completion(result)
        if case .failure(let fault) = result { halt(ifNeededFor: fault) }
    }
}
