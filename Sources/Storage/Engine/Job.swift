/// One caller's unit of work while it waits, runs and waits for the commit. Made by the caller's thread, handed through the queue's
/// lock to the one that runs bodies, and by that to the one that commits and tells; never touched by two at once.
class Job: @unchecked Sendable {
    let book: BookID
    let expecting: [ExpectedKey]
    /// Rough size of what the caller brought, against the queue's bound in bytes.
    let bytes: Int

    init(book: BookID, expecting: [ExpectedKey], bytes: Int) {
        self.book = book
        self.expecting = expecting
        self.bytes = bytes
    }

    /// Runs the body and keeps what it answered or why it refused.
    func run(_ work: inout UnitOfWork) { preconditionFailure("abstract") }
    /// Hands the kept answer to the caller: the commit is known.
    func complete() { preconditionFailure("abstract") }
    func fail(_ error: any Error) { preconditionFailure("abstract") }
    /// Keeps a reason why nothing of the body remains, in place of what it answered.
    func reject(with fault: StorageFault) { preconditionFailure("abstract") }
    /// The last run of the body threw, or was rejected after it.
    var isRejected: Bool { preconditionFailure("abstract") }
}

final class TypedJob<T>: Job, @unchecked Sendable {
    private let body: (inout UnitOfWork) throws -> T
    private let completion: (Result<T, any Error>) -> Void
    private var result: Result<T, any Error>?

    init(
        book: BookID, expecting: [ExpectedKey], bytes: Int,
        body: @escaping (inout UnitOfWork) throws -> T, completion: @escaping (Result<T, any Error>) -> Void
    ) {
        self.body = body
        self.completion = completion
        super.init(book: book, expecting: expecting, bytes: bytes)
    }

    override func run(_ work: inout UnitOfWork) {
        do { result = .success(try body(&work)) } catch { result = .failure(error) }
    }

    override func complete() {
        guard let result else { preconditionFailure("a job is completed after its run") }
        completion(result)
    }

    override func fail(_ error: any Error) {
        completion(.failure(error))
    }

    override func reject(with fault: StorageFault) {
        result = .failure(fault)
    }

    override var isRejected: Bool {
        guard case .failure = result else { return false }
        return true
    }
}
