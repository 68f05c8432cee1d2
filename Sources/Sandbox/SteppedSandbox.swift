import JSON
import Storage

/// The sandbox without sockets, threads and loops: each call does one thing on the calling thread and returns when it is
/// done. For who runs us and it in one process and decides what happens when.
package final class SteppedSandbox {
    private let connection: SQLiteConnection
    private let rules: SandboxRules
    private let signer: CallbackSigner
    /// The moment of the last unit of work.
    private var lastMoment = Instant(microseconds: 0)

    /// - Parameters:
    ///   - path: The SQLite file, made when absent.
    ///   - secret: What callbacks are signed with.
    ///   - callsBackWhatAnswersTold: Whether facts that an answer has told are called back, too.
    /// - Throws: `SandboxFault.malformedCallbackSecret`, or `StorageFault`.
    package init(
        path: String, time: any TimeSource, secret: SandboxSecret, seed: UInt64, callsBackWhatAnswersTold: Bool,
        timings: SandboxTimings = SandboxTimings()
    ) throws {
        guard let signer = CallbackSigner(secret: secret) else { throw SandboxFault.malformedCallbackSecret }
        self.signer = signer
        rules = SandboxRules(
            clock: SandboxClock(time: time) { _ in }, timings: timings, seed: seed, faultsSeed: nil, bankDelayDays: 0)
        connection = try SandboxSchema.open(path: path, salt: seed)
        try perform { work in
            var settings = try AccountStore.load(in: work)
            settings.callbacks = callsBackWhatAnswersTold ? .all : .asynchronous
            try AccountStore.save(settings, in: work)
        }
    }

    /// Runs a body in a transaction of its own. What it throws undoes what it wrote.
    private func perform<T>(_ body: (SandboxWork) throws -> T) throws -> T {
        try connection.execute("BEGIN IMMEDIATE")
        let work = SandboxWork(connection: connection, rules: rules, after: lastMoment)
        lastMoment = work.now
        let result = Result { try work.undoingOnFailure { try body(work) } }
        try connection.execute("COMMIT")
        return try result.get()
    }

    // MARK: Requests

    /// What a caller has to see of a request.
    package enum Answered: Hashable, Sendable {
        case answered(status: Int64, body: String)
        /// The caller waits in vain.
        case timesOut
    }

    /// Answers a request that moves money.
    /// - Parameter path: From `/v1` on.
    package func post(_ path: String, key: String, body: [UInt8]) throws -> Answered {
        do {
            let request = try request(path, key, body)
            let answer = try perform { try request.run(in: $0) }
            return answer.delivery == .never ? .timesOut : .answered(status: answer.status, body: answer.body)
        } catch let problem as SandboxProblem {
            return .answered(status: problem.status, body: problem.body)
        } catch is LostRequest {
            return .timesOut
        }
    }

    private func request(_ path: String, _ key: String, _ body: [UInt8]) throws(SandboxProblem) -> MoneyRequest {
        let parts = path.split(separator: "/").map(String.init)
        if parts == ["v1", "authorizations"] { return try .authorize(path, key: key, body) }
        guard parts.count == 4, parts[0] == "v1", parts[1] == "authorizations" else { throw .notFound }
        let kinds: [String: Operation.Kind] = ["captures": .capture, "void": .void, "refunds": .refund]
        guard let kind = kinds[parts[3]] else { throw .notFound }
        return try .operate(kind, on: parts[2], path, key: key, body)
    }

    /// The answer to who asks what became of a reference: a list of operations.
    package func operations(reference: String) throws -> String {
        try perform { try OperationStore.list(reference: reference, in: $0) }
    }

    /// The payer does, or gives up, what the authorizations of this moment wait for. Answers how many waited.
    package func completeActions(isApproved: (_ authorization: String) -> Bool) throws -> Int {
        try perform { work in
            let waiting = try OperationStore.awaitingPayer(in: work)
            for authorization in waiting {
                let action = CompleteAction(authorization: authorization, isApproved: isApproved(authorization))
                _ = try action.run(in: work)
            }
            return waiting.count
        }
    }

    // MARK: What happens later

    /// Does what is due. Answers when the next job is; nil when none is left.
    package func runJobs() throws -> Instant? {
        try perform { try RunDueJobs().run(in: $0).next }
    }

    /// A callback as it goes out now.
    package struct OutgoingCallback: Sendable {
        package let id: Int64
        package let dueAt: Instant
        package let headers: [(name: String, value: String)]
        package var body: [UInt8]
    }

    /// Callbacks nobody has accepted yet, the longest due first, signed as of now.
    package func waitingCallbacks(limit: Int64) throws -> [OutgoingCallback] {
        try perform { work in
            try CallbackStore.waiting(limit: limit, in: work).map { callback in
                OutgoingCallback(
                    id: callback.id, dueAt: callback.dueAt,
                    headers: callback.headers(signedBy: signer, nowSeconds: work.now.microseconds / 1_000_000),
                    body: Array(callback.body.utf8))
            }
        }
    }

    /// Notes how an attempt at a callback ended.
    /// - Parameter status: Nil where nobody answered.
    package func noteAttempt(at id: Int64, status: Int64?) throws {
        try perform { work in
            guard let callback = try CallbackStore.page(after: id - 1, limit: 1, in: work).first else { return }
            try CallbackStore.save(callback.after(status: status, at: work.now, rules.timings), in: work)
        }
    }

    /// How a callback stands.
    package struct CallbackRecord: Hashable, Sendable {
        /// The event's name, the same in every attempt.
        package let event: String
        package let isSound: Bool
        /// Whether the merchant has answered 2xx.
        package let isAccepted: Bool
    }

    /// All callbacks there ever were, in their order.
    package func callbacks() throws -> [CallbackRecord] {
        try perform { work in
            try CallbackStore.page(after: 0, limit: .max, in: work).map {
                CallbackRecord(event: $0.event, isSound: $0.signing == .sound, isAccepted: $0.state == .accepted)
            }
        }
    }

    // MARK: Files and records

    /// A business day's two files.
    package struct DayFiles: Sendable {
        package let day: BusinessDay
        package let settlement: [UInt8]
        package let bank: [UInt8]
        /// What they tell otherwise than it is: the names of lines, or of remittances.
        package let planted: [String]
    }

    /// Closes the open business day.
    /// - Parameter faultsSeed: Plants differences in its files; nil keeps them faithful.
    package func closeDay(faultsSeed: UInt64? = nil) throws -> DayFiles {
        let closed = try perform { try CloseDay(day: nil, faultsSeed: faultsSeed).run(in: $0) }
        let planted = try JSONValue(parsing: Array(closed.planted.utf8)).array ?? []
        return DayFiles(
            day: closed.day, settlement: Array(closed.settlement.utf8), bank: Array(closed.bank.utf8),
            planted: planted.compactMap { $0["provider_reference"]?.string ?? $0["remittance"]?.string })
    }

    /// Something that really happened, by the sandbox's own record.
    package struct EffectRecord: Hashable, Sendable {
        package let kind: String
        package let authorization: String
        package let reference: String?
        /// Minor units.
        package let amount: Int64
        package let currency: String
    }

    /// All that ever happened, in its order.
    package func effects() throws -> [EffectRecord] {
        try perform { work in
            try EffectStore.page(after: 0, limit: .max, in: work).map { recorded in
                let effect = recorded.effect
                return EffectRecord(
                    kind: effect.kind.rawValue, authorization: effect.authorization, reference: effect.reference,
                    amount: effect.amount, currency: effect.currency.code)
            }
        }
    }
}
