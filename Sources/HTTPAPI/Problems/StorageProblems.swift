import Storage

/// Faults of the store. What a caller may know is whether anything happened; the cause is logged.
extension StorageFault: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .overloaded: Problem(.overloaded)
        case .diskFull: Problem(.storageFull)
        case .unreachable, .connectionLost, .contention: Problem(.storeUnavailable)
        case .outcomeUnknown: Problem(.outcomeUnknown)
        case .stopped: Problem(.shuttingDown)
        default: Problem(.internalFault)
        }
    }
}
