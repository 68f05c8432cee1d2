import Foundation
import Storage

/// The sandbox's file and the one thread that touches it.
///
/// Whoever waits shares a commit: each body runs in a savepoint of its own, so that one which fails leaves nothing, and
/// all are answered when the commit is on the disk. If the process stops before that, nobody was told anything.
final class SandboxDatabase: @unchecked Sendable {
    private let connection: SQLiteConnection
    private let rules: SandboxRules
    private let condition = NSCondition()
    /// Guarded by the condition, like `isStopped`.
    private var waiting: [Body] = []
    private var isStopped = false
    /// The moment of the last unit of work. Touched by the thread only.
    private var lastMoment = Instant(microseconds: 0)

    /// One caller's part of a batch.
    private struct Body {
        /// Runs it inside the transaction. What comes back is called when the transaction's fate is known.
        let run: (SandboxWork) -> (_ failure: (any Error)?) -> Void
        /// Answers the caller when it was not run at all.
        let refuse: (any Error) -> Void
    }

    private static let batchCountMax = 256

    init(path: String, rules: SandboxRules) throws {
        connection = try SandboxSchema.open(path: path, salt: rules.seed)
        self.rules = rules
        let thread = Thread { [self] in loop() }
        thread.name = "sandbox-database"
        thread.start()
    }

    /// Runs a body in a transaction and answers when what it wrote is durable. What it throws undoes what it wrote.
    func perform<Answer: Sendable>(_ body: @escaping @Sendable (SandboxWork) throws -> Answer) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            enqueue(
                Body(
                    run: { work in
                        let result = Result { try work.undoingOnFailure { try body(work) } }
                        return { failure in continuation.resume(with: failure.map(Result.failure) ?? result) }
                    },
                    refuse: { continuation.resume(throwing: $0) }))
        }
    }

    /// Serves what waits, then ends the thread.
    func stop() {
        condition.withLock {
            isStopped = true
            condition.signal()
        }
    }

    private func enqueue(_ body: Body) {
        let isTaken = condition.withLock {
            guard !isStopped else { return false }
            waiting.append(body)
            condition.signal()
            return true
        }
        if !isTaken { body.refuse(SandboxFault.stopped) }
    }

    private func loop() {
        while let batch = takeBatch() { run(batch) }
    }

    private func takeBatch() -> [Body]? {
        condition.withLock {
            while waiting.isEmpty {
                if isStopped { return nil }
                condition.wait()
            }
            let batch = Array(waiting.prefix(Self.batchCountMax))
            waiting.removeFirst(batch.count)
            return batch
        }
    }

    private func run(_ batch: [Body]) {
        do {
            try connection.execute("BEGIN IMMEDIATE")
        } catch {
            for body in batch { body.refuse(error) }
            return
        }
        let finishers = batch.map { body in
            let work = SandboxWork(connection: connection, rules: rules, after: lastMoment)
            lastMoment = work.now
            return body.run(work)
        }
        let failure = commit()
        for finish in finishers { finish(failure) }
    }

    private func commit() -> (any Error)? {
        do {
            try connection.execute("COMMIT")
            return nil
        } catch {
            // Nothing was acknowledged. If even this fails, the next BEGIN tells.
            try? connection.execute("ROLLBACK")
            return error
        }
    }
}
