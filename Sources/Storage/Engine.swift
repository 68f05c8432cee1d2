import Synchronization

/// Many callers' units of work in one database transaction.
///
/// A synchronous object: `enqueue` may be called from any thread, `runBatch` from one. In production a thread of its own
/// calls it, in simulation the scheduler does. If the process dies before the commit, nothing of the batch happened;
/// after it, all of it did, whether or not the callers were told.
package final class Engine: @unchecked Sendable {
    package struct Limits: Sendable {
        /// Units in one batch.
        package var batchCountMax = 8_192
        /// Bytes of entries after which a batch takes no further unit.
        package var batchBytesMax = 16 << 20
        /// Units waiting; one more is refused as `overloaded`.
        package var queueCountMax = 32_768
        package var queueBytesMax = 256 << 20
        /// Rows kept in memory between batches, over all books.
        package var cacheBytesMax = 128 << 20
        /// How often a body is run again for rows it missed before it reads them in place. On SQLite that costs
        /// no round trip, so at once; over a network three rounds come first.
        package var missRounds = 0

        package init() {}
    }

    private let connection: any WriterConnection
    private let log: any LogExtension
    private let clock: any TimeSource
    private let limits: Limits
    private let writer: Int64
    /// The order a batch writes the tables in: a row may demand in a trigger that others are there before it.
    private let writingOrder: [TableOrdinal]
    /// Called when the process must not go on: what is on disk is unknown, or disagrees with itself.
    private let stop: @Sendable (StorageFault) -> Void
    private let waiting: Mutex<Waiting>
    private var books: [BookID: BookState] = [:]
    package let measures = EngineMeasures()
    /// Told of each commit that appended to a log, before its callers are.
    package let signal = CommitSignal()

    private struct Waiting {
        var jobs: [Job] = []
        var bytes = 0
        var isStopped = false
        var creations: [Creation] = []
    }

    private struct Creation: Sendable {
        let book: BookID
        let name: String
        let completion: @Sendable (Result<Void, any Error>) -> Void
    }

    /// - Parameters:
    ///   - tables: Every table bodies may touch, in the order they are to be written.
    ///   - writer: This process's number among all that write to the database, drawn anew at each start.
    ///   - stop: Ends the process, or in a test tells that it would end.
    package init(
        connection: any WriterConnection, tables: [any TableDescription], log: any LogExtension,
        clock: any TimeSource, limits: Limits, writer: Int64, stop: @escaping @Sendable (StorageFault) -> Void
    ) {
        self.connection = connection
        writingOrder = tables.map(\.ordinal)
        self.log = log
        self.clock = clock
        self.limits = limits
        self.writer = writer
        self.stop = stop
        waiting = Mutex(Waiting())
    }

    // MARK: Taking work

    /// Puts a body in the queue. The completion is called once: after the commit is durable, or with the reason why not.
    /// A full queue refuses at once with `overloaded`.
    package func enqueue<T>(
        _ book: BookID, expecting: [ExpectedKey] = [], bytes: Int = 256,
        body: @escaping (inout UnitOfWork) throws -> T, completion: @escaping (Result<T, any Error>) -> Void
    ) {
        let job = TypedJob(book: book, expecting: expecting, bytes: bytes, body: body, completion: completion)
        let refusal: StorageFault? = waiting.withLock { waiting in
            if waiting.isStopped { return .stopped }
            guard waiting.jobs.count < limits.queueCountMax, waiting.bytes + bytes <= limits.queueBytesMax else {
                return .overloaded
            }
            waiting.jobs.append(job)
            waiting.bytes += bytes
            return nil
        }
        if let refusal {
            if case .overloaded = refusal { measures.refused() }
            job.fail(refusal)
        }
    }

    package var waitingCount: Int { waiting.withLock { $0.jobs.count + $0.creations.count } }

    /// Refuses new work; what waits is still served by further batches.
    package func close() {
        waiting.withLock { $0.isStopped = true }
    }

    // MARK: Running a batch

    /// Serves up to a batch of the waiting callers with one commit. Answers how many it served.
    @discardableResult
    package func runBatch() -> Int {
        createBooks()
        let jobs = takeJobs()
        guard !jobs.isEmpty else { return 0 }
        run(jobs)
        if books.values.reduce(0, { $0 + $1.youngBytes }) > limits.cacheBytesMax / 2 {
            for state in books.values { state.ageRows() }
        }
        do { try connection.tidy() } catch { stop(error) }
        return jobs.count
    }

    private func takeJobs() -> [Job] {
        waiting.withLock { waiting in
            let count = min(waiting.jobs.count, limits.batchCountMax)
            let taken: [Job]
            if count == waiting.jobs.count {
                taken = waiting.jobs
                waiting.jobs = []
                waiting.jobs.reserveCapacity(taken.count)
            } else {
                taken = Array(waiting.jobs[..<count])
                waiting.jobs.removeFirst(count)
            }
            waiting.bytes -= taken.reduce(0) { $0 + $1.bytes }
            return taken
        }
    }

    private func run(_ jobs: [Job]) {
        let batch = Batch(
            connection: connection, log: log, clock: clock.now, limits: limits, writer: writer,
            writingOrder: writingOrder)
        let outcome = batch.run(jobs, books: &books)
        switch outcome {
        case .committed(let left):
            measures.committed(jobs: jobs.count - left.count)
            if !batch.grownLogs.isEmpty { signal.advanced(batch.grownLogs) }
            for job in batch.ended { job.complete() }
            for (job, fault) in batch.failed { job.fail(fault) }
            if !left.isEmpty { run(left) }
        case .failed(let fault) where isIsolable(fault) && jobs.count > 1:
            // Something in one body's statements was refused, and nobody knows whose: each alone, so that the rest commit.
            measures.isolated()
            for job in jobs { run([job]) }
        case .failed(let fault):
            measures.failed()
            for job in jobs { job.fail(fault) }
            if (fault as? StorageFault)?.stopsProcess == true { stopForGood(fault) }
        }
    }

    private func isIsolable(_ fault: any Error) -> Bool {
        guard let fault = fault as? StorageFault else { return true }
        return fault.isStatementFailure
    }

    private func stopForGood(_ fault: any Error) {
        close()
        books = [:]
        stop(fault as? StorageFault ?? .notDurable("\(fault)"))
    }

    // MARK: Books

    /// Makes a book: an empty log under a name. It is there when the completion is called without an error.
    package func enqueueCreation(
        of book: BookID, named name: String, completion: @escaping @Sendable (Result<Void, any Error>) -> Void
    ) {
        let isTaken = waiting.withLock { waiting in
            if !waiting.isStopped { waiting.creations.append(Creation(book: book, name: name, completion: completion)) }
            return !waiting.isStopped
        }
        if !isTaken { completion(.failure(StorageFault.stopped)) }
    }

    private func createBooks() {
        let creations = waiting.withLock { waiting in
            defer { waiting.creations = [] }
            return waiting.creations
        }
        for creation in creations { creation.completion(Result { try create(creation) }) }
    }

    private func create(_ creation: Creation) throws {
        let head = Head(
            book: creation.book, name: creation.name, epoch: 1, sequence: 0, lastTime: Instant(microseconds: 0),
            lastIdentifier: 0, writer: writer, batch: 0, tree: [])
        try connection.begin()
        do {
            try connection.insertHead(head)
            try connection.commit()
        } catch {
            connection.rollback()
            throw error
        }
    }
}
