/// Many callers' units of work in one database transaction.
///
/// A synchronous object: `enqueue` may be called from any thread, `runBatch` from one. In production a thread of its own
/// calls it, in simulation the scheduler does. If the process dies before the commit, nothing of the batch happened;
/// after it, all of it did, whether or not the callers were told.
package final class Engine: @unchecked Sendable {
    private let place: Commit.Place
    private let clock: any TimeSource
    private let limits: Limits
    private let writer: Int64
    /// Called when the process must not go on: what is on disk is unknown, or disagrees with itself.
    private let stop: @Sendable (StorageFault) -> Void
    private let queue: WaitingQueue
    /// Nil where every commit has ended before the next batch's bodies run.
    private let ahead: RunningAhead?
    private var books: BookStates
    /// Jobs that were taken from the queue, in batches to be; the next stands at the end.
    private var slices: [ArraySlice<Job>] = []
    /// What goes on beside the bodies of the batch in hand.
    private var committing: Commit?
    /// How many batches more run one after the other.
    private var aheadPause = 0
    /// How often in a row a batch was run again for something that passes.
    private var retryCount = 0
    /// Why the engine went out of service; from then on it writes nothing.
    private var halted: StorageFault?
    private var isRunning = false
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
        ahead: RunningAhead? = nil,
        stop: @escaping @Sendable (StorageFault) -> Void
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

    /// No batch is run any more.
    func endThread() {
        ahead?.commits.stop()
    }

    // MARK: Running a batch

    /// Serves up to a batch of the waiting callers with one commit. Answers how many it took, or is committing still.
    ///
    /// The commit of many goes on beside the bodies of the next batch; a call with nobody waiting ends it.
    @discardableResult
    package func runBatch() -> Int {
        precondition(!isRunning, "a batch is not run inside a batch")
        isRunning = true
        defer { isRunning = false }
        let creations = queue.takeCreations()
        let jobs = queue.takeJobs(countMax: limits.batchCountMax, ofOneBook: place.connection.takesOneBook)
        if !jobs.isEmpty { slices.append(jobs[...]) }
        if jobs.isEmpty { endCommit() }
        if !creations.isEmpty { make(creations) }
        while let slice = slices.popLast() { run(slice) }
        return max(creations.count + jobs.count, committingCount)
    }

    /// Runs batches until nobody waits. Within a batch, as from a completion, it does nothing: the batch goes on.
    func runBatches() {
        while !isRunning, waitingCount + committingCount > 0 { runBatch() }
    }

    /// Runs the bodies of jobs, ahead of the commit under way if there is one, and commits what they did after it.
    private func run(_ slice: ArraySlice<Job>) {
        guard halted == nil else { return slice.forEach { $0.fail(StorageFault.stopped) } }
        let source = committing == nil ? nil : ahead?.books
        var batch = Batch(clock: clock, limits: limits)
        do {
            let locked = source == nil ? try LockedBooks(place.connection) : nil
            let left = try batch.run(slice, on: (locked ?? source).unsafelyUnwrapped, remembered: &books)
            guard endCommit(before: slice) else { return batch.abandon() }
            if !left.isEmpty { slices.append(left[...]) }
            commit(batch, locked: locked?.heads)
        } catch {
            batch.abandon()
            if source != nil { return runLocked(slice) }
            place.connection.rollback()
            runAgain(slice, after: error)
            tidy()
        }
    }

    private func commit(_ batch: Batch, locked: [BookID: Head]?) {
        let changes = batch.takeChanges(in: books.tables.writingOrder, writer: writer)
        books.count(batch.states)
        let commit = Commit(of: batch, changes, locked: locked, in: place)
        if let ahead, mayRunAhead, commit.jobCount >= limits.aheadCountMin {
            committing = commit
            ahead.books.follow(commit)
            ahead.commits.start(commit)
        } else {
            commit.run()
            end(commit)
            if books.isFull { books.age() }
        }
        aheadPause = max(0, aheadPause - 1)
        measures.remembered(bytes: books.bytes)
    }

    /// Rows are let go of only while nothing is being committed, so a full memory is reason enough to wait.
    private var mayRunAhead: Bool {
        aheadPause == 0 && !books.isFull
    }

    // MARK: After a commit

    /// Waits for the commit under way, if there is one. False when it failed, and its jobs are to be run again or were told; the
    /// slice, whose bodies ran ahead of it, comes after them.
    @discardableResult
    private func endCommit(before slice: ArraySlice<Job>? = nil) -> Bool {
        guard let commit = committing.take() else { return true }
        ahead?.commits.wait()
        if !commit.isDone, let slice { slices.append(slice) }
        end(commit)
        return commit.isDone
    }

    private func end(_ commit: Commit) {
        switch commit.outcome {
        case .committed:
            retryCount = 0
            for changes in commit.books { changes.settle() }
        case .failed(let fault):
            for changes in commit.books { books.forget(changes.book) }
            runAgain(commit.jobs[...], after: fault)
        case .overtaken, nil:
            for changes in commit.books { books.forget(changes.book) }
            runLocked(commit.jobs[...])
        }
        if let fault = commit.tidyFault { halt(ifNeededFor: fault) }
    }

    /// Bodies that ran ahead did so in vain, whatever it was that went wrong: it may have come of looking ahead. They run again
    /// with their books locked, and so do those after them for a while.
    private func runLocked(_ slice: ArraySlice<Job>) {
        aheadPause = limits.aheadPause
        measures.overtaken()
        if endCommit(before: slice) { slices.append(slice) }
    }

    /// Has jobs run again, of which nothing happened. When a statement was refused they run by halves, in order, until the body
    /// whose doing it was stands alone: it fails and the rest commit, at the cost of a few commits rather than of one for each.
    private func runAgain(_ jobs: ArraySlice<Job>, after fault: any Error) {
        switch fault {
        case let fault as StorageFault where fault.isStatementFailure && jobs.count > 1:
            measures.isolated()
            let middle = jobs.startIndex + jobs.count / 2
            slices += [jobs[middle...], jobs[..<middle]]
        case let fault as StorageFault where fault.isPassing && retryCount < limits.retryCountMax:
            retryCount += 1
            measures.retried()
            Pause.afterFailure(retryCount)
            slices.append(jobs)
        default:
            retryCount = 0
            measures.failed()
            for job in jobs { job.fail(fault) }
            halt(ifNeededFor: fault)
        }
    }

    private func tidy() {
        guard halted == nil else { return }
        do { try place.connection.tidy() } catch { halt(ifNeededFor: error) }
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

    private func make(_ creations: [BookCreation]) {
        endCommit()
        for creation in creations {
            guard halted == nil else {
                creation.completion(.failure(StorageFault.stopped))
                continue
            }
            let result = Result { try creation.make(on: place.connection, writer: writer) }
            creation.completion(result)
            if case .failure(let fault) = result { halt(ifNeededFor: fault) }
        }
        tidy()
    }
}
