import EventLog

extension ProofRequestRejection: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .aheadOfLog(let size, let log): Problem(.logTooShort, "the log has \(log) events, not \(size)")
        case .notInTree(let sequence, let size):
            Problem(.parameterInvalid, "\(sequence) is not among the first \(size) events", param: "sequence")
        case .noGrowth(let from, let to):
            Problem(.parameterInvalid, "from must be 1 or more and at most to; it is \(from), to \(to)", param: "from")
        }
    }
}
