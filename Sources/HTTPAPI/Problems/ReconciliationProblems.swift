import Money
import Reconciliation

extension ImportRejection: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .unknownProviderAccount(let code):
            Problem(.providerAccountUnknown, "nobody has said how \(code) settles", param: "provider_account")
        case .belongsElsewhere(let id, let source):
            Problem(.statementTaken, "\(id) is the same file, of \(source.owner)", param: "provider_account")
        case .nameTaken(let name, let id): Problem(.statementTaken, "\(id) has the name \(name)")
        case .amountOutOfRange(let line):
            Problem(.statementRefused, "line \(line): it is about more money than can be reckoned with")
        case .balanceDoesNotFollow(let last, let opening):
            Problem(
                .statementDoesNotFollow,
                "the last file ended with \(last.inWords), this one begins with \(opening.inWords)")
        case .remittanceConflicts(let name):
            Problem(.statementDoesNotFollow, "\(name) has been told of with another currency, or its sum does not fit")
        }
    }
}

extension AdjustmentRejection: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .unknownBreak(let id): Problem(.breakNotFound, "there is no \(id)")
        case .breakResolved(let id, let how): Problem(.breakResolved, "\(id) ended as \(how.rawValue)")
        case .notForClass(let kind, let adjustment, let allowed):
            Problem(
                .adjustmentNotAllowed,
                "\(kind.rawValue) takes no \(adjustment.rawValue); it takes: \(Self.list(allowed))", param: "kind")
        case .onlyBankLines: Problem(.adjustmentNotAllowed, "only money from the bank is identified", param: "kind")
        case .tooEarly(let age, let patience):
            Problem(.adjustmentTooEarly, "it is \(age) days old, and has to be \(patience)")
        case .nothingOpen: Problem(.adjustmentNotAllowed, "nothing stands open in the books")
        case .notAShortfall(let open):
            Problem(.adjustmentNotAllowed, "\(open.inWords) are open, which is no shortfall", param: "kind")
        case .exceedsOpen(let open, _): Problem(.exceedsBreak, "\(open.inWords) are open", param: "amount")
        case .exceedsTolerance(let limit):
            Problem(.exceedsBreak, "a rounding is at most \(limit) minor units", param: "amount")
        case .targetRequired: Problem(.memberMissing, "name the account the money belongs on", param: "target")
        case .targetNotAllowed: Problem(.memberUnknown, "only identified money has a target", param: "target")
        case .targetUnfit:
            Problem(.adjustmentTargetUnfit, param: "target")
        case .alreadyProposed(let id): Problem(.adjustmentPending, "\(id) waits to be decided")
        case .unknownAdjustment(let id): Problem(.adjustmentNotFound, "there is no \(id)")
        case .alreadyDecided(let id, let decision): Problem(.adjustmentDecided, "\(id) was \(decision.rawValue)")
        case .approvesOwn(let id):
            Problem(.fourEyesRequired, "\(id) is approved by another principal than its proposer")
        case .stillOpen(let open): Problem(.adjustmentNotAllowed, "\(open.inWords) are open: they are adjusted")
        }
    }

    private static func list(_ kinds: [AdjustmentKind]) -> String {
        kinds.isEmpty ? "none" : kinds.map(\.rawValue).joined(separator: ", ")
    }
}
