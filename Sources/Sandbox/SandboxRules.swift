import Storage

/// What every unit of work goes by, fixed when the sandbox starts.
struct SandboxRules: Sendable {
    let clock: SandboxClock
    let timings: SandboxTimings
    let seed: UInt64
    let faultsSeed: UInt64?
    let bankDelayDays: Int64
}
