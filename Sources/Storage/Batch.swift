/// One database transaction and the bodies that share it.
final class Batch {
    enum Outcome {
        /// Durable. The jobs left over came after the batch had grown too large.
        case committed(left: [Job])
        /// Rolled back; nothing happened.
        case failed(any Error)
    }

    private let connection: any WriterConnection
    private let log: any LogExtension
    private let clock: Instant
    private let limits: Engine.Limits
    private let writer: Int64
    private let writingOrder: [TableOrdinal]
    private var runs: [BookID: BookRun] = [:]
    /// Bodies that answered or refused; their callers are told after the commit.
    private(set) var ended: [Job] = []
    private(set) var failed: [(Job, StorageFault)] = []

    /// The logs this batch appended to, with their last sequence.
    var grownLogs: [(book: BookID, sequence: Int64)] {
        runs.values.filter { $0.entries.count > 0 }.map { ($0.book, $0.state.head.sequence) }
    }

    init(
        connection: any WriterConnection, log: any LogExtension, clock: Instant, limits: Engine.Limits, writer: Int64,
        writingOrder: [TableOrdinal]
    ) {
        self.connection = connection
        self.log = log
        self.clock = clock
        self.limits = limits
        self.writer = writer
        self.writingOrder = writingOrder
    }

    func run(_ jobs: [Job], books: inout [BookID: BookState]) -> Outcome {
        do {
            try connection.begin()
            let known = try lockHeads(of: jobs, books: &books)
            let left = try runBodies(known)
            try flushAndCommit()
            for run in runs.values { run.committed() }
            return .committed(left: left)
        } catch {
            connection.rollback()
            for run in runs.values { run.abandoned() }
            return .failed(error)
        }
    }

    /// The head comes first: from here until the commit nobody else changes these books.
    private func lockHeads(of jobs: [Job], books: inout [BookID: BookState]) throws -> [Job] {
        for book in Set(jobs.map(\.book)).sorted() {
            guard let head = try connection.lockHead(of: book) else { continue }
            if books[book]?.head != head { books[book] = BookState(head: head) }
            guard let state = books[book] else { continue }
            runs[book] = BookRun(state, clock: clock, connection: connection)
        }
        var known: [Job] = []
        for job in jobs {
            if runs[job.book] == nil { failed.append((job, .unknownBook(job.book))) } else { known.append(job) }
        }
        return known
    }

    /// Runs the bodies in arrival order; those that missed rows run again, among themselves in the same order,
    /// when what all of them missed has been loaded.
    private func runBodies(_ jobs: [Job]) throws -> [Job] {
        var pending = jobs
        var left: [Job] = []
        if limits.missRounds > 0 {
            for job in jobs { if let state = runs[job.book]?.state { job.expecting.forEach { $0.note(state) } } }
            try loadMissed()
        }
        for round in 0... {
            let readsInPlace = round >= limits.missRounds
            var again: [Job] = []
            for (position, job) in pending.enumerated() {
                if isFull, !ended.isEmpty {
                    left = again + pending[position...]
                    return left
                }
                if try !runBody(job, readsInPlace: readsInPlace) { again.append(job) }
            }
            guard !again.isEmpty else { break }
            try loadMissed()
            pending = again
        }
        return left
    }

    private var isFull: Bool {
        runs.values.reduce(0) { $0 + $1.entries.bytes.count } > limits.batchBytesMax
    }

    /// Answers false when the body missed a row and must run again.
    private func runBody(_ job: Job, readsInPlace: Bool) throws -> Bool {
        guard let run = runs[job.book] else { return true }
        let mark = run.start(readsInPlace: readsInPlace)
        var work = UnitOfWork(run)
        job.run(&work)
        if let fault = run.fault { throw fault }
        if run.missed {
            run.undo(to: mark)
            return false
        }
        if job.rejected { run.undo(to: mark) } else { run.checkRecorded(since: mark) }
        ended.append(job)
        return true
    }

    private func loadMissed() throws {
        for run in runs.values {
            for cache in run.state.caches { try cache?.loadMissed(from: connection, book: run.book) }
        }
    }

    private func flushAndCommit() throws {
        for book in runs.keys.sorted() { try runs[book]?.flush(in: writingOrder, log: log, writer: writer) }
        try connection.commit()
    }
}
