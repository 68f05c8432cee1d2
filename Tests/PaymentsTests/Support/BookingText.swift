import Ledger
import Payments

/// Bookings as the table of postings writes them, so that a test reads like the row it checks:
/// `P capture: provider:sandbox:receivable:EUR 1000 = merchant:acme:payable:EUR 1000`, debits before credits.
func text(_ bookings: [Booking]) -> [String] {
    bookings.map(text)
}

func text(_ booking: Booking) -> String {
    switch booking {
    case .hold(let draft): "H \(text(draft))"
    case .post(let draft): "P \(text(draft))"
    case .postHold(let hold, let draft): "P of \(hold.rawValue) \(text(draft))"
    case .release(let hold, let amount): "release \(amount.minorUnits) of \(hold.rawValue)"
    case .void(let hold): "void \(hold.rawValue)"
    case .reverse(_, let draft): "R \(text(draft))"
    }
}

func text(_ draft: LedgerTransactionDraft) -> String {
    func legs(_ side: Side) -> String {
        draft.postings.filter { $0.side == side }.map(text).joined(separator: " + ")
    }
    return "\(draft.reason.rawValue): \(legs(.debit)) = \(legs(.credit))"
}

private func text(_ posting: Posting) -> String {
    guard case .path(let path) = posting.account else { return "by id" }
    let item = posting.item.map { " [\($0.kind) \($0.rawValue)]" } ?? ""
    return "\(path) \(posting.amount.minorUnits)\(item)"
}
