import Payments

extension UnknownEndpoint: ProblemConvertible {
    var problem: Problem { Problem(.endpointUnknown) }
}

extension NotificationRejection: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .headerMissing(let name): Problem(.notificationMalformed, "\(name) is missing", param: name)
        case .headerMalformed(let name): Problem(.notificationMalformed, "\(name) is malformed", param: name)
        case .signatureMismatch: Problem(.signatureMismatch)
        case .tooOld(_, let seconds): Problem(.notificationOutOfTime, "it was signed \(seconds) s ago")
        case .fromTheFuture(_, let seconds): Problem(.notificationOutOfTime, "it was signed \(seconds) s from now")
        // It was kept for a person, and taken in.
        case .unreadable: Problem(.notificationMalformed)
        }
    }
}
