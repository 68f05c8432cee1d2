extension SandboxWork {
    /// The authorization of that id.
    /// - Throws: `SandboxProblem.notFound`.
    func authorization(_ id: String) throws -> Authorization {
        guard let found = try AuthorizationStore.find(id, in: self) else { throw SandboxProblem.notFound }
        return found
    }

    /// What becomes of a request: what its token says, or for plain approval what the account's misbehaviour draws.
    func course(of kind: Operation.Kind, with token: PaymentToken, key: String) throws -> Course {
        guard token == .approve else { return token.course(of: kind) }
        let misbehaviour = try AccountStore.load(in: self).misbehaviour
        return misbehaviour.course(of: kind, key: key, seed: rules.seed) ?? token.course(of: kind)
    }
}
