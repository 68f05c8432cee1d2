import Payments

extension WorkItemRejection: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .unknownWorkItem(let id): Problem(.workItemNotFound, "there is no \(id)")
        case .alreadyResolved(let id, let resolution):
            Problem(.workItemResolved, "\(id) ended as \(resolution.rawValue)", param: "resolution")
        }
    }
}
