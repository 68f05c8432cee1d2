import Storage

/// Starts an operation on the course chosen for it, and takes it as far as that goes now.
struct BeginOperation {
    let work: SandboxWork

    /// - Parameter telling: How a success that comes at once is made known.
    /// - Returns: How the caller gets their answer.
    /// - Throws: `LostRequest` where the request is to leave no trace.
    func run(_ operation: Operation, of token: PaymentToken, on course: Course, telling: Telling) throws -> Delivery {
        guard course != .timesOut(.withoutTrace) else { throw LostRequest() }
        try OperationStore.insert(operation, in: work)
        let conclude = ConcludeOperation(work: work)
        switch course {
        case .succeeds, .timesOut(.withoutTrace):
            return try conclude.run(operation, .succeeds, of: token, telling: telling)
        case .declined(let code):
            return try conclude.run(operation, .declined(code), of: token, telling: telling)
        case .timesOut(.afterSuccess):
            _ = try conclude.run(operation, .succeeds, of: token, telling: .nobody)
            return .never
        case .timesOut(.asFailure):
            _ = try conclude.run(operation, .failed(.gatewayTimeout), of: token, telling: .nobody)
            return .never
        case .failsAfterwards(let code):
            try JobStore.insert(
                .returnRefund, of: operation.id, argument: code.code, after: work.rules.timings.refundReturn, in: work)
            return try conclude.run(operation, .succeeds, of: token, telling: telling)
        case .decidedLater(let decision):
            try decideLater(operation, decision, after: work.rules.timings.decision)
            return .atOnce
        case .needsAction(let payer):
            return try awaitPayer(operation, payer, of: token, telling: telling)
        }
    }

    private func awaitPayer(
        _ operation: Operation, _ payer: Course.Payer, of token: PaymentToken, telling: Telling
    ) throws -> Delivery {
        var waiting = operation
        waiting.status = .actionRequired
        try OperationStore.save(waiting, in: work)
        if case .actsAlone(let decision) = payer {
            try decideLater(waiting, decision, after: work.rules.timings.payer)
        }
        return try AnnounceFact(work: work).run(.operation(waiting), of: token, telling: telling)
    }

    private func decideLater(_ operation: Operation, _ decision: Decision, after span: Instant.Span) throws {
        try JobStore.insert(.decide, of: operation.id, argument: decision.text, after: span, in: work)
    }
}

/// How a fact is made known to the merchant.
enum Telling {
    /// In the answer to the request that caused it, and by callback unless the account wants no such callbacks.
    case answer
    /// By callback only.
    case callback
    case nobody
}

/// How the answer to a request goes out.
enum Delivery: Hashable, Sendable {
    case atOnce
    /// After its callback.
    case heldBack
    /// The caller waits in vain.
    case never
}

/// The request is to be as if it had never come: nothing of it is kept, and nobody is answered.
struct LostRequest: Error {}
