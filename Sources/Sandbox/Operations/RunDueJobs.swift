import Storage

/// Does what the sandbox owes by now. A job and its deletion are one commit, so that each is done once.
struct RunDueJobs {
    static let countMax: Int64 = 100

    /// - Returns: How many were due, and when the next one is; nil when none is left.
    func run(in work: SandboxWork) throws -> (count: Int, next: Instant?) {
        let due = try JobStore.due(limit: Self.countMax, in: work)
        for job in due {
            try run(job, in: work)
            try JobStore.delete(job, in: work)
        }
        return (due.count, try JobStore.nextDue(in: work))
    }

    /// A job whose time has passed it by does nothing: what it was to change has ended otherwise.
    private func run(_ job: Job, in work: SandboxWork) throws {
        switch job.kind {
        case .decide: try decide(job, in: work)
        case .returnRefund: try returnRefund(job, in: work)
        case .openDispute: try ContestCapture(work: work).open(try work.authorization(job.subject))
        case .closeDispute: try closeDispute(job, in: work)
        case .expire: try expire(job, in: work)
        }
    }

    private func decide(_ job: Job, in work: SandboxWork) throws {
        guard let operation = try OperationStore.find(job.subject, in: work), operation.isOpen,
            let decision = Decision(text: job.argument)
        else { return }
        let token = try work.authorization(operation.authorization).token
        _ = try ConcludeOperation(work: work).run(operation, decision, of: token, telling: .callback)
    }

    private func returnRefund(_ job: Job, in work: SandboxWork) throws {
        guard let refund = try OperationStore.find(job.subject, in: work), refund.status == .succeeded,
            let code = DeclineCode(stored: job.argument)
        else { return }
        let token = try work.authorization(refund.authorization).token
        try ConcludeOperation(work: work).returnRefund(refund, code, of: token)
    }

    private func closeDispute(_ job: Job, in work: SandboxWork) throws {
        guard let dispute = try DisputeStore.find(authorization: job.subject, in: work),
            let status = Dispute.Status(rawValue: job.argument)
        else { return }
        try ContestCapture(work: work).close(dispute, as: status, of: try work.authorization(job.subject).token)
    }

    private func expire(_ job: Job, in work: SandboxWork) throws {
        let authorization = try work.authorization(job.subject)
        guard authorization.capturable > 0, let operation = try OperationStore.find(job.subject, in: work) else {
            return
        }
        try ConcludeOperation(work: work).expire(operation, of: authorization.token)
    }
}
