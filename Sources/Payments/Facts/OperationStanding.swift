/// Where the operation a fact speaks of stands when it arrives: the columns of the second fact table.
package enum OperationStanding: String, Hashable, Sendable, CaseIterable {
    /// None of ours: the provider did it with the charge, or unasked.
    case unknown
    case requested
    case submitted
    case inDoubt = "in_doubt"
    case succeeded
    /// Failed after it had succeeded.
    case undone
    case declined
    case failed
    case cancelled
}

extension PaymentOperation {
    package var standing: OperationStanding {
        switch state {
        case .requested: .requested
        case .submitted: .submitted
        case .inDoubt: .inDoubt
        case .succeeded: .succeeded
        case .declined: .declined
        case .failed: isUndone ? .undone : .failed
        case .cancelled: .cancelled
        }
    }
}
