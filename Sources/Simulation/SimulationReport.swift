/// What a run came to.
package struct SimulationReport: Sendable {
    /// One book's log at the end.
    package struct Log: Sendable, Hashable {
        package let name: String
        package let eventCount: Int64
        /// Of its Merkle tree: two logs with the same root are the same byte for byte.
        package let root: String
    }

    package let seed: UInt64
    package let stepCount: Int
    /// SHA-256 of all that happened, in its order.
    package let history: String
    package let logs: [Log]
    package let lifeCount: Int
    package let intentCount: Int
    /// How many runs of keys had been sealed.
    package let runCount: Int
    package let misfortunes: [Misfortune: Int]
    /// What is wrong; empty in a good run.
    package let findings: [String]
    /// The last lines of what happened.
    package let trace: [String]
    /// What the log tells of the payments that findings name.
    package let stories: [String]

    package var isRight: Bool { findings.isEmpty }

    /// How to see it again.
    package var replay: String { "summa simulate --seed \(seed) --steps \(stepCount) --trace" }
}
