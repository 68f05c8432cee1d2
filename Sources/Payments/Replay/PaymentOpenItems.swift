import EventLog
import Ledger
import Storage

/// What may be open of payments and their disputes on accounts that return to zero: checked by laying the ledger's open items
/// beside the rows, apart from all that wrote either.
extension PaymentInvariants {
    private static let pageCount = 500

    /// Looks at all accounts of disputes and of suspense, in the order they were opened.
    static func openItems(in rows: Rows) throws -> [PaymentFinding] {
        var findings: [PaymentFinding] = []
        var last: AccountID?
        repeat {
            let page = try LedgerQueries(rows).accounts(after: last, limit: pageCount)
            for account in page { findings += try unexplained(on: account, in: rows) }
            last = page.last?.id
        } while last != nil
        return findings
    }

    private static func unexplained(on account: Account, in rows: Rows) throws -> [PaymentFinding] {
        let template = ChartOfAccounts.line(for: account.path)?.template
        guard template == .disputesReceivable || template == .suspense else { return [] }
        var findings: [PaymentFinding] = []
        var last: OpenItemReading?
        repeat {
            let page = try LedgerQueries(rows).openItems(on: account, after: last, limit: pageCount)
            for open in page where try !isExplained(open.item, in: rows) {
                findings.append(.unexplained(account.path, open.item, open.open))
            }
            last = page.last
        } while last != nil
        return findings
    }

    /// Items of statement lines are reconciliation's own to explain.
    private static func isExplained(_ item: OpenItem, in rows: Rows) throws -> Bool {
        switch item.kind {
        case .dispute: try isContested(DisputeID(rawValue: item.rawValue), in: rows)
        case .payment: try isListed(PaymentID(rawValue: item.rawValue), in: rows)
        case .remittance, .payout, .line, .transaction: true
        }
    }

    /// What was taken has found who bears it once the dispute is over, unless the provider ended it with another amount than
    /// it began: then the payment is flagged.
    private static func isContested(_ id: DisputeID, in rows: Rows) throws -> Bool {
        guard let dispute = try rows.find(Dispute.self, id) else { return false }
        return try dispute.state == .open || isConflicted(dispute.payment, in: rows)
    }

    /// Money of a payment whose treatment is not known has somebody who was told.
    private static func isListed(_ id: PaymentID, in rows: Rows) throws -> Bool {
        if try isConflicted(id, in: rows) { return true }
        return try rows.group(WorkItem.bySubject, AllowedText(id).text)
            .contains { $0.state == .open && $0.nextAction == .clearSuspense }
    }

    private static func isConflicted(_ id: PaymentID, in rows: Rows) throws -> Bool {
        try rows.find(PaymentRow.self, id)?.payment.isConflicted ?? false
    }
}
