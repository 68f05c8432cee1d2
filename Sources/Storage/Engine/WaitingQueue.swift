import Synchronization

/// The callers who wait for a batch: bounded, first come first served. Used by any thread.
final class WaitingQueue: Sendable {
    private struct Waiting {
        var jobs: [Job] = []
        var bytes = 0
        var creations: [BookCreation] = []
        var isClosed = false

        mutating func takeAny(countMax: Int) -> [Job] {
            guard jobs.count > countMax else {
                let taken = jobs
                jobs = []
                jobs.reserveCapacity(taken.count)
                return taken
            }
            let taken = Array(jobs[..<countMax])
            jobs.removeFirst(countMax)
            return taken
        }

        mutating func takeOneBook(countMax: Int) -> [Job] {
            guard let book = jobs.first?.book else { return [] }
            if jobs.allSatisfy({ $0.book == book }) { return takeAny(countMax: countMax) }
            var taken: [Job] = []
            jobs.removeAll { job in
                guard job.book == book, taken.count < countMax else { return false }
                taken.append(job)
                return true
            }
            return taken
        }
    }

    private let waiting = Mutex(Waiting())
    private let countMax: Int
    private let bytesMax: Int

    init(countMax: Int, bytesMax: Int) {
        self.countMax = countMax
        self.bytesMax = bytesMax
    }

    var count: Int { waiting.withLock { $0.jobs.count + $0.creations.count } }

    /// Answers nil, or why the caller may not wait.
    func add(_ job: Job) -> StorageFault? {
        waiting.withLock { waiting in
            if waiting.isClosed { return .stopped }
            guard waiting.jobs.count < countMax, job.bytes <= bytesMax - waiting.bytes else { return .overloaded }
            waiting.jobs.append(job)
            waiting.bytes += job.bytes
            return nil
        }
    }

    func add(_ creation: BookCreation) -> StorageFault? {
        waiting.withLock { waiting in
            if waiting.isClosed { return .stopped }
            guard waiting.creations.count < countMax else { return .overloaded }
            waiting.creations.append(creation)
            return nil
        }
    }

    /// Refuses who comes from now on; who waits, waits on.
    func close() {
        waiting.withLock { $0.isClosed = true }
    }

    /// Those who have waited longest, in the order they came.
    /// - Parameter ofOneBook: Takes callers of one book only, that of the first; the others keep their places, so that books
    ///   take turns.
    func takeJobs(countMax: Int, ofOneBook: Bool) -> [Job] {
        waiting.withLock { waiting in
            let taken = ofOneBook ? waiting.takeOneBook(countMax: countMax) : waiting.takeAny(countMax: countMax)
            waiting.bytes -= taken.reduce(0) { $0 + $1.bytes }
            return taken
        }
    }

    func takeCreations() -> [BookCreation] {
        waiting.withLock { waiting in
            defer { waiting.creations = [] }
            return waiting.creations
        }
    }
}

/// A caller who waits for a book to be made.
struct BookCreation: Sendable {
    let book: BookID
    let name: String
    let completion: @Sendable (Result<Void, any Error>) -> Void

    /// Writes the head of an empty log in a transaction of its own.
    func make(on connection: any WriterConnection, writer: Int64) throws {
        let head = Head(
            book: book, name: name, epoch: 1, sequence: 0, lastTime: Instant(microseconds: 0), lastIdentifier: 0,
            writer: writer, batch: 0, tree: [])
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
