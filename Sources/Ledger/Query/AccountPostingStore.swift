import Money
import Storage

/// Pages of an account's postings.
extension LedgerQueries {
    /// The posted legs on an account, the latest first. Holds are not among them: they are not posted.
    /// - Parameter before: The cursor of the last posting of the page before; nil for the first page.
    package func postings(
        on account: AccountID, before: PostingCursor? = nil, limit: Int
    ) throws -> [AccountPosting] {
        let from = before ?? PostingCursor(transaction: LedgerTransactionID(rawValue: .max), leg: .max)
        var found: [AccountPosting] = []
        var through = from.transaction.rawValue
        while found.count < limit {
            let page = try transactions(on: account, through: through, limit: max(limit, Self.pageMin))
            for id in page.ids {
                found += try postedLegs(of: LedgerTransactionID(rawValue: id), on: account).filter { $0.cursor < from }
            }
            guard let last = page.ids.last, !page.isLast else { break }
            through = last - 1
        }
        return Array(found.prefix(limit))
    }

    /// Ledger transactions with a leg on an account, the latest first, whatever their phase.
    private func transactions(
        on account: AccountID, through: Int64, limit: Int
    ) throws -> (ids: [Int64], isLast: Bool) {
        let lists = [
            try rows.page(of: LedgerTransaction.byAccount, account, through: through, limit: limit),
            try rows.page(of: PostingRow.byAccount, account, through: through, limit: limit),
        ]
        // Below the end of a full page the other list may have what this one has not been asked for.
        let horizon = lists.filter { $0.count == limit }.compactMap(\.last).max()
        let ids = Set(lists.joined()).filter { $0 >= horizon ?? .min }.sorted(by: >)
        return (ids, horizon == nil)
    }

    /// What a ledger transaction has posted on an account, the last leg first. Nothing of one this snapshot does not show.
    private func postedLegs(of id: LedgerTransactionID, on account: AccountID) throws -> [AccountPosting] {
        guard let header = try rows.find(LedgerTransaction.self, id), header.phase.isPosted else { return [] }
        var legs: [AccountPosting] = []
        if let pair = header.pair {
            if pair.debitAccount == account { legs.append(header.posting(0, .debit, pair.amount, pair.debitItem)) }
            if pair.creditAccount == account { legs.append(header.posting(1, .credit, pair.amount, pair.creditItem)) }
        } else {
            let rows = try rows.group(PostingRow.byTransaction, id).filter { $0.account == account }
            legs = rows.map { header.posting($0.leg, $0.side, $0.amount, $0.item) }
        }
        return legs.sorted { $0.leg > $1.leg }
    }

    /// A short page is asked for in one longer one: some of it may be holds, which are passed over.
    private static let pageMin = 16
}

extension LedgerTransaction {
    fileprivate func posting(_ leg: Int64, _ side: Side, _ amount: Amount, _ item: OpenItem?) -> AccountPosting {
        AccountPosting(transaction: self, leg: leg, side: side, amount: amount, item: item)
    }
}

extension PostingCursor: Comparable {
    package static func < (left: PostingCursor, right: PostingCursor) -> Bool {
        left.transaction == right.transaction ? left.leg < right.leg : left.transaction < right.transaction
    }
}
