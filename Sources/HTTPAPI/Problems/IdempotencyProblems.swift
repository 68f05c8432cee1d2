import Payments

extension IdempotencyRejection: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .keyReused: Problem(.idempotencyKeyReused, param: IdempotencyKeyHeader.name)
        }
    }
}

extension IdempotencyKeyHeader.Rejection: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .missing: Problem(.idempotencyKeyMissing, param: IdempotencyKeyHeader.name)
        case .repeated:
            Problem(.idempotencyKeyMalformed, "the header is sent more than once", param: IdempotencyKeyHeader.name)
        case .malformed: Problem(.idempotencyKeyMalformed, param: IdempotencyKeyHeader.name)
        case .tooLong(let max):
            Problem(.idempotencyKeyMalformed, "the key may have \(max) characters", param: IdempotencyKeyHeader.name)
        }
    }
}
