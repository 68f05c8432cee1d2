/// The payer has done, or given up, what an authorization was waiting for.
struct CompleteAction {
    let authorization: String
    let isApproved: Bool

    /// - Throws: `SandboxProblem` when nothing is waiting for the payer.
    func run(in work: SandboxWork) throws -> (authorization: Authorization, delivery: Delivery) {
        let token = try work.authorization(authorization).token
        guard let operation = try OperationStore.find(authorization, in: work), operation.status == .actionRequired
        else {
            throw SandboxProblem.noActionRequired
        }
        let decision: Decision = isApproved ? .succeeds : .declined(.actionAbandoned)
        let delivery = try ConcludeOperation(work: work).run(operation, decision, of: token, telling: .callback)
        return (try work.authorization(authorization), delivery)
    }
}
