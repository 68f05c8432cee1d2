extension Payment {
    /// One of its operations is about to be sent; from here on only the provider knows. A doubt about it is over: the
    /// provider has said that it never heard of it.
    mutating func submit(_ operation: inout PaymentOperation) {
        if operation.state == .inDoubt { doubtCount = max(0, doubtCount - 1) }
        operation.state = .submitted
        if operation.kind == .authorization, authorization == .accepted { authorization = .authorizing }
    }

    /// The answer to one of its operations was lost.
    mutating func doubt(_ operation: inout PaymentOperation) {
        precondition(operation.state == .requested || operation.state == .submitted, "what is answered is not in doubt")
        operation.state = .inDoubt
        doubtCount += 1
    }
}
