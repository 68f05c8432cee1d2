import Glibc
import Storage
import Synchronization

/// Runs tasks in pieces, on the thread that steps it: from one suspension to the next, in whatever order is drawn.
///
/// Everything asynchronous of a simulation runs here, so that nothing happens at the same time as anything else, and yet tasks
/// overtake each other as they would on any number of threads.
final class SteppedExecutor: TaskExecutor {
    private let ready = Mutex<[UnownedJob]>([])
    private let owner = pthread_self()

    func enqueue(_ job: consuming ExecutorJob) {
        // From another thread it would come whenever that thread happened to run.
        precondition(pthread_equal(owner, pthread_self()) != 0, "a simulation has one thread")
        let job = UnownedJob(job)
        ready.withLock { $0.append(job) }
    }

    /// How many tasks could go on now.
    var readyCount: Int { ready.withLock { $0.count } }

    /// Lets one of them go on until it waits again or ends.
    func run(at index: Int) {
        let job = ready.withLock { $0.remove(at: index) }
        job.runSynchronously(on: asUnownedTaskExecutor())
    }

    /// Starts a task here. Those it starts without saying otherwise run here, too, unless they are to outlive it.
    func start(_ body: @escaping @Sendable () async -> Void) {
        Task(executorPreference: self) { await body() }
    }

    /// Runs a task to its end, with whatever it waits for, and answers what it answered or throws what it threw.
    /// - Parameter database: Whose batches it may wait for.
    func complete<T: Sendable>(with database: Database, _ body: @escaping @Sendable () async throws -> T) throws -> T {
        let ending = Ending<T>()
        start {
            do { ending.result = .success(try await body()) } catch { ending.result = .failure(error) }
        }
        while readyCount > 0 || database.waitingCount > 0 {
            while readyCount > 0 { run(at: 0) }
            database.runBatch()
        }
        guard let result = ending.result else { throw NeverEnded() }
        return try result.get()
    }

    /// How a task ended. Everything here is one thread's.
    private final class Ending<T>: @unchecked Sendable {
        var result: Result<T, any Error>?
    }

    /// The task waits for something that nobody here does.
    struct NeverEnded: Error {}
}
