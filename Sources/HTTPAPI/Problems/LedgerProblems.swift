import Ledger
import Money

extension PostingRejection: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .externalIDReused(let id, let existing, let field):
            Problem(.externalIDReused, "\(id) names \(existing), which differs in \(field)", param: "external_id")
        case .unknownAccount(let account):
            Problem(.accountUnknown, "there is no account \(account.text)", param: "account")
        case .accountReserved(let path): Problem(.accountReserved, "\(path) is written by posting rules only")
        case .currencyMismatch(let path, let currency):
            Problem(.currencyMismatch, "\(path) takes no \(currency)", param: "currency")
        case .accountClosed(let path): Problem(.accountClosed, "\(path) is closed")
        case .accountFrozen(let path): Problem(.accountFrozen, "\(path) is frozen")
        case .balanceOverflow(let path): Problem(.balanceOverflow, "\(path) cannot count so much", param: "amount")
        case .insufficientFunds(let path, let available, let floor):
            Problem(.insufficientFunds, "\(path) has \(available.inWords) available, and may not go below \(floor)")
        case .ceilingExceeded(let path, let ceiling): Problem(.ceilingExceeded, "\(path) may not go above \(ceiling)")
        case .unknownTransaction(let id): Problem(.ledgerTransactionNotFound, "there is no \(id)")
        case .notAHold(let id): Problem(.notAHold, "\(id) is posted, not held")
        case .holdEnded(let id, let status): Problem(.holdEnded, "\(id) is \(status.rawValue)")
        case .exceedsHold(let id, let remaining, let requested):
            Problem(.exceedsHold, "\(id) holds \(remaining), not \(requested)", param: "amount")
        case .amountNotPositive: Problem(.amountNotPositive, param: "amount")
        case .partNeedsTwoLegs(let id): Problem(.partNeedsTwoLegs, "\(id) has more than two legs", param: "amount")
        case .notReversible(let id, let phase): Problem(.notReversible, "\(id) is \(phase.name)")
        case .exceedsOriginal(let id, let remaining, let requested):
            Problem(.exceedsOriginal, "of \(id), \(remaining) is left to reverse, not \(requested)", param: "amount")
        }
    }
}

extension DraftRejection: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .tooFewPostings(let count): Problem(.postingsTooFew, "there are \(count) postings", param: "postings")
        case .amountNotPositive(let index, _): Problem(.amountNotPositive, param: "postings[\(index)].amount")
        case .currencyOfAccount(let index, let path, let currency):
            Problem(.currencyMismatch, "\(path) takes no \(currency)", param: "postings[\(index)].currency")
        case .unbalanced(let currency, let debits, let credits):
            Problem(
                .transactionUnbalanced, "in \(currency) debits are \(debits) and credits \(credits)", param: "postings")
        case .timeoutOutOfRange:
            Problem(
                .memberInvalid,
                "timeout_seconds must be from \(HoldKind.timeouts.lowerBound) to \(HoldKind.timeouts.upperBound)",
                param: "timeout_seconds")
        }
    }
}

extension BatchRejection: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .tooMany(_, let max): Problem(.memberTooMany, "a batch has at most \(max)", param: "transactions")
        case .item(let index, let rejection): rejection.problem.at("transactions[\(index)]")
        }
    }
}

extension AccountDraftRejection: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .currencyOfPath(let path, let currency):
            Problem(.currencyMismatch, "\(path) is no path of \(currency)", param: "currency")
        case .limitsCrossed: Problem(.accountLimitsCrossed, param: "floor")
        }
    }
}

extension AccountRejection: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .accountReserved(let path): Problem(.accountReserved, "\(path) is of the standard chart", param: "path")
        case .pathTaken(let path, let existing, let field):
            Problem(.accountPathTaken, "\(path) names \(existing), which differs in \(field)", param: "path")
        case .unknownAccount(let account): Problem(.accountNotFound, "there is no account \(account.text)")
        case .accountClosed(let path): Problem(.accountClosed, "\(path) is closed")
        case .balanceNotZero(let path, let posted): Problem(.accountNotEmpty, "\(path) stands at \(posted)")
        case .holdsPending(let path): Problem(.accountNotEmpty, "\(path) has holds pending")
        case .limitsCrossed: Problem(.accountLimitsCrossed, param: "floor")
        case .ceilingOnControlAccount(let path):
            Problem(.accountReserved, "\(path) is of the standard chart and has no ceiling", param: "ceiling")
        }
    }
}

extension AccountReference {
    var text: String {
        switch self {
        case .id(let id): id.description
        case .path(let path): path.text
        }
    }
}

extension Amount {
    var inWords: String { "\(minorUnits) minor units of \(currency)" }
}
