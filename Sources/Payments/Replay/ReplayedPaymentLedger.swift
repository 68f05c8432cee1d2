import EventLog
import Ledger
import Money

/// What an event's ledger transactions make of a payment: its holds, and what its operations have posted.
extension ReplayedPayment {
    mutating func apply(_ ledger: LedgerMembers) throws {
        for transaction in ledger.transactions {
            guard let leg = transaction.postings.first, let currency = currency(of: leg.account) else {
                throw EventRejection.malformed("data.ledger")
            }
            let amount = Amount(minorUnits: leg.minorUnits, currency: currency)
            switch transaction.phase {
            case .pending: place(OpenHold(id: transaction.id, remaining: amount), for: transaction.reason)
            case .holdPosted:
                shorten(transaction.parent, by: amount)
                book(transaction, amount)
            case .holdReleased, .holdVoided, .holdExpired: shorten(transaction.parent, by: amount)
            case .posted: book(transaction, amount)
            case .reversal:
                for index in operations.indices {
                    operations[index].bookings.removeAll { $0.id == transaction.parent }
                }
                book(transaction, amount)
            }
        }
    }

    private mutating func place(_ hold: OpenHold, for reason: PostingReason) {
        switch reason {
        case .refund: if let index = moved { operations[index].hold = hold }
        case .dispute: dispute?.hold = hold
        default: row.payment.holds.append(hold)
        }
    }

    private mutating func shorten(_ hold: LedgerTransactionID?, by amount: Amount) {
        func shortened(_ open: OpenHold) -> OpenHold? {
            guard open.id == hold else { return open }
            let left = open.remaining.minorUnits - amount.minorUnits
            return left > 0
                ? OpenHold(id: open.id, remaining: Amount(minorUnits: left, currency: amount.currency)) : nil
        }
        row.payment.holds = row.payment.holds.compactMap(shortened)
        for index in operations.indices { operations[index].hold = operations[index].hold.flatMap(shortened) }
        let disputed = dispute?.hold.flatMap(shortened)
        dispute?.hold = disputed
    }

    private mutating func book(_ transaction: LoggedTransaction, _ amount: Amount) {
        guard let index = moved else { return }
        operations[index].bookings.append(
            BookedTransaction(id: transaction.id, reason: transaction.reason, amount: amount))
    }

    /// The capture or refund the event is about: what it posts is that operation's.
    private var moved: Int? {
        operations.firstIndex { $0.kind == .capture || $0.kind == .refund }
    }

    /// A posting's currency is its account's; how many digits it has, whoever stated the amount has said.
    private func currency(of account: AccountPath) -> Currency? {
        let stated =
            [row.payment.currency] + operations.map(\.amount.currency) + [dispute?.amount.currency].compactMap(\.self)
        return stated.first { $0.code == account.currencyCode }
            ?? (try? Currency(recorded: account.currencyCode.description))
    }
}
