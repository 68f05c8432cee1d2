/// One database transaction and the bodies that share it.
struct Batch {
    enum Outcome {
        /// Durable. The jobs left over came after the batch had grown too large.
        case committed(left: [Job])
        /// Rolled back; nothing happened.
        case failed(any Error)
    }

    private let connection: any WriterConnection
    private let log: any LogExtension
    private let clock: any TimeSource
    private let limits: Engine.Limits
    private let writer: Int64
    private var runs: [BookID: BookRun] = [:]
    private var bytes = 0
    /// Bodies that answered or refused; their callers are told after the commit.
    private(set) var ended: [Job] = []
    private(set) var failed: [(Job, StorageFault)] = []
    /// The commit's answer was lost, and the database was asked.
    private(set) var wasSettled = false

    /// The logs this batch appended to, with their last sequence.
    var grownLogs: [(book: BookID, sequence: Int64)] {
        runs.values.filter { $0.entries.count > 0 }.map { ($0.book, $0.state.head.sequence) }
    }

    init(
        connection: any WriterConnection, log: any LogExtension, clock: any TimeSource, limits: Engine.Limits,
        writer: Int64
    ) {
        self.connection = connection
        self.log = log
        self.clock = clock
        self.limits = limits
        self.writer = writer
    }

    mutating func run(_ jobs: [Job], books: inout BookStates) -> Outcome {
        defer { books.settle(runs.values.lazy.map(\.state)) }
        do {
            try connection.begin()
            let known = try lockHeads(of: jobs, books: &books)
            let left = try runBodies(known, writingOrder: books.tables.writingOrder)
            for book in runs.keys.sorted() {
                try runs[book]?.flush(in: books.tables.writingOrder, log: log, writer: writer)
            }
            try commit()
            for run in runs.values { run.committed() }
            return .committed(left: left)
        } catch {
            connection.rollback()
            for run in runs.values { run.abandoned() }
            return .failed(error)
        }
    }

    private mutating func commit() throws {
        do { try connection.commit() } catch .outcomeUnknown(let sentence) {
            guard try CommitOutcome(runs.values, limits).find(on: connection) else {
                throw StorageFault.connectionLost(sentence)
            }
            wasSettled = true
        }
    }

    /// The heads come first: from here until the commit nobody else changes these books. Only then is the time read, so
    /// that it is later than whatever another writer did while we waited.
    private mutating func lockHeads(of jobs: [Job], books: inout BookStates) throws -> [Job] {
        var heads: [Head] = []
        for book in Set(jobs.map(\.book)).sorted() {
            if let head = try connection.lockHead(of: book) { heads.append(head) }
        }
        let now = clock.now
        for head in heads { runs[head.book] = BookRun(books.state(for: head), clock: now, connection: connection) }
        var known: [Job] = []
        for job in jobs {
            if runs[job.book] == nil { failed.append((job, .unknownBook(job.book))) } else { known.append(job) }
        }
        return known
    }

    /// Runs the bodies in arrival order; those that missed rows run again, among themselves in the same order,
    /// when what all of them missed has been loaded. Answers those the batch had no more room for.
    private mutating func runBodies(_ jobs: [Job], writingOrder: [TableOrdinal]) throws -> [Job] {
        var pending = jobs
        try loadExpected(by: jobs)
        let deadline = clock.now.advanced(by: limits.batchSpanMax)
        var round = 0
        while !pending.isEmpty {
            var again: [Job] = []
            for (position, job) in pending.enumerated() {
                if connection.worksBeside, position % limits.bodiesPerSending == limits.bodiesPerSending - 1 {
                    for run in runs.values { try run.sendFinalRows(in: writingOrder) }
                }
                let looksAtClock = position % 64 == 63
                if !ended.isEmpty, bytes > limits.batchBytesMax || looksAtClock && clock.now > deadline {
                    return again + pending[position...]
                }
                if try !runBody(job, readsInPlace: round >= limits.missRounds) { again.append(job) }
            }
            if !again.isEmpty { try loadMissed() }
            pending = again
            round += 1
        }
        return []
    }

    /// Answers false when the body missed a row and must run again.
    private mutating func runBody(_ job: Job, readsInPlace: Bool) throws -> Bool {
        guard let run = runs[job.book] else { return true }
        let mark = run.start(readsInPlace: readsInPlace)
        let bytesBefore = run.bytes
        var work = UnitOfWork(run)
        job.run(&work)
        if let fault = run.fault { throw fault }
        if run.missed {
            run.undo(to: mark)
            return false
        }
        if let conflict = run.conflicts.first, !job.isRejected { job.reject(with: conflict) }
        if job.isRejected { run.undo(to: mark) } else { run.checkRecorded(since: mark) }
        bytes += run.bytes - bytesBefore
        ended.append(job)
        return true
    }

    private func loadExpected(by jobs: [Job]) throws {
        for job in jobs {
            if let state = runs[job.book]?.state { job.expecting.forEach { $0.note(state) } }
        }
        try loadMissed()
    }

    private func loadMissed() throws {
        for run in runs.values {
            for cache in run.state.caches { try cache?.loadMissed(from: connection, book: run.book) }
        }
    }
}
