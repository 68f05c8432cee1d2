/// Work that goes on for as long as the process does, in steps: a relay, a projection, a sweeper, a purge. Whoever has it
/// decides when it steps; `Workers` loops it, and a simulation or a test calls it by hand.
package struct Worker: Sendable {
    /// For logs and measures.
    package let name: String
    /// How long it rests when a step has left nothing to do, unless its bell rings.
    package let rest: Instant.Span
    /// How long it waits, once woken, for more to come: what it does costs less for many than for each.
    package let gathering: Instant.Span
    /// What wakes it; nil for one that only looks now and then.
    package let bell: Doorbell?
    /// Does a bounded part of what there is to do at this moment. Answers whether there may be more at once.
    package let step: @Sendable (Instant) async throws -> Bool
    /// Returns when what its steps have started has ended. Called once, after the last step.
    package let finish: @Sendable () async -> Void

    package init(
        _ name: String, rest: Instant.Span, gathering: Instant.Span = .seconds(0), bell: Doorbell? = nil,
        finish: @escaping @Sendable () async -> Void = {}, step: @escaping @Sendable (Instant) async throws -> Bool
    ) {
        self.name = name
        self.rest = rest
        self.gathering = gathering
        self.bell = bell
        self.finish = finish
        self.step = step
    }
}
