/// Callers' bodies, run together on what memory and the database have of their books.
struct Batch {
    private let clock: any TimeSource
    private let limits: Engine.Limits
    private var runs: [BookID: BookRun] = [:]
    private var bytes = 0
    /// Bodies that answered or refused; their callers are told after the commit.
    private(set) var ended: [Job] = []
    /// Those of books that are not there.
    private(set) var failed: [(Job, StorageFault)] = []

    init(clock: any TimeSource, limits: Engine.Limits) {
        self.clock = clock
        self.limits = limits
    }

    /// Runs the bodies in arrival order; those that missed rows run again, among themselves in the same order,
    /// when what all of them missed has been loaded. Answers those the batch had no more room for.
    mutating func run(_ jobs: ArraySlice<Job>, on books: any BookSource, remembered: inout BookStates) throws
        -> [Job]
    {
        try begin(jobs, on: books, remembered: &remembered)
        var pending = jobs.filter { runs[$0.book] != nil }
        try loadExpected(by: pending)
        let deadline = clock.now.advanced(by: limits.batchSpanMax)
        var round = 0
        while !pending.isEmpty {
            var again: [Job] = []
            for (position, job) in pending.enumerated() {
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

    /// The heads come first, and where they are locked nobody else changes these books until the commit. Only then is the time
    /// read, so that it is later than whatever another writer did while we waited.
    private mutating func begin(
        _ jobs: ArraySlice<Job>, on books: any BookSource, remembered: inout BookStates
    ) throws {
        let heads = try Set(jobs.map(\.book)).sorted().compactMap { try books.head(of: $0) }
        let now = clock.now
        for head in heads {
            runs[head.book] = BookRun(remembered.state(for: head), clock: now, rows: books.rows, runs: books.runs)
        }
        failed = jobs.filter { runs[$0.book] == nil }.map { ($0, .unknownBook($0.book)) }
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
            for cache in run.state.caches { try cache?.loadMissed(from: run.rows, book: run.book) }
        }
    }

    // MARK: Ending

    /// Takes out what the bodies did, in the order of the books. Those of the next batch see it as done, before it is.
    func takeChanges(in order: [TableOrdinal], writer: Int64) -> [BookChanges] {
        runs.keys.sorted().compactMap { runs[$0]?.takeChanges(in: order, writer: writer) }
    }

    /// Nothing of it will be written: memory goes back to what it was before.
    func abandon() {
        for run in runs.values { run.abandon() }
    }
}

/// Where a batch finds its books.
protocol BookSource: AnyObject {
    /// The book as the bodies are to find it; nil when there is no such book.
    func head(of book: BookID) throws -> Head?
    var rows: any RowSource { get }
    var runs: Runs? { get }
}
