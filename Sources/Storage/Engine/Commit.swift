/// One database transaction: what the bodies of a batch did.
///
/// Runs on any thread, one at a time, and is the only one to use the connection meanwhile. If the process dies before COMMIT has
/// returned, the database has all of it or nothing; nobody was told.
package final class Commit {
    enum Outcome {
        /// Durable, and the callers are told.
        case committed
        /// Rolled back: others have written to a book since the bodies ran.
        case overtaken
        /// Rolled back; nothing happened.
        case failed(any Error)
    }

    /// What the transaction is written with.
    struct Place {
        let connection: any WriterConnection
        let log: any LogExtension
        let limits: Engine.Limits
        let measures: EngineMeasures
        let signal: CommitSignal
    }

    let jobCount: Int
    let books: [BookChanges]
    private var ended: [Job]
    private var failed: [(Job, StorageFault)]
    /// The heads, where the transaction has begun and locked them before the bodies ran.
    private let locked: [BookID: Head]?
    private let place: Place
    /// Nil until it has run.
    private(set) var outcome: Outcome?
    var isDone: Bool { if case .committed = outcome { true } else { false } }
    /// What went wrong when the connection tidied up after it.
    private(set) var tidyFault: (any Error)?

    init(of batch: Batch, _ books: [BookChanges], locked: [BookID: Head]?, in place: Place) {
        ended = batch.ended
        failed = batch.failed
        jobCount = ended.count + failed.count
        self.books = books
        self.locked = locked
        self.place = place
    }

    /// All whose bodies are in it, while they were not told.
    var jobs: [Job] { ended + failed.map(\.0) }

    func run() {
        do {
            try write()
            outcome = .committed
            tell()
        } catch {
            place.connection.rollback()
            outcome = error is Overtaken ? .overtaken : .failed(error)
            if (error as? StorageFault)?.stopsProcess == true { return }
        }
        do { try place.connection.tidy() } catch { tidyFault = error }
    }

    private struct Overtaken: Error {}

    private func write() throws {
        let heads = try locked ?? lockHeads()
        for changes in books {
            guard let head = heads[changes.book] else { throw Overtaken() }
            try changes.write(over: head, on: place.connection, log: place.log)
        }
        do { try place.connection.commit() } catch .outcomeUnknown(let sentence) {
            let question = CommitOutcome(books: books, spanMax: place.limits.settlingSpanMax)
            guard try question.find(on: place.connection) else { throw StorageFault.connectionLost(sentence) }
            place.measures.settled()
        }
    }

    /// From here until the commit nobody else changes these books, and nobody has since the bodies found them.
    private func lockHeads() throws -> [BookID: Head] {
        try place.connection.begin()
        var heads: [BookID: Head] = [:]
        for changes in books {
            guard let head = try place.connection.lockHead(of: changes.book), head.isSameState(as: changes.base) else {
                throw Overtaken()
            }
            heads[changes.book] = head
        }
        return heads
    }

    /// Those who wait for a log to grow are told first.
    private func tell() {
        place.measures.committed(jobs: ended.count)
        let grown = books.filter { $0.entries.count > 0 }.map { ($0.book, $0.head.sequence) }
        if !grown.isEmpty { place.signal.advanced(grown) }
        for job in ended { job.complete() }
        for (job, fault) in failed { job.fail(fault) }
        ended = []
        failed = []
        for changes in books { changes.letGo() }
    }
}
