import Ledger
import Money
import Storage

/// What must hold of money on its way, in suspense and at our banks, whatever files came: accounting §6, checked by laying the
/// ledger's open items beside the rows, apart from all that wrote either.
package enum ReconciliationInvariants {
    private static let pageCount = 500

    /// Looks at all clearing, suspense and cash accounts of providers and banks. Answers what is wrong.
    package static func findings(in rows: Rows) throws -> [ReconciliationFinding] {
        let terms = try SettlementTermsStore.all(in: rows)
        guard !terms.isEmpty else { return [] }
        var findings: [ReconciliationFinding] = []
        for statement in try unfinishedStatements(in: rows) { findings.append(.unfinishedStatement(statement.id)) }
        var last: AccountID?
        repeat {
            let page = try LedgerQueries(rows).accounts(after: last, limit: pageCount)
            for account in page { findings += try self.findings(on: account, terms, in: rows) }
            last = page.last?.id
        } while last != nil
        return try findings + remittanceFindings(in: rows)
    }

    private static func findings(
        on account: Account, _ terms: [SettlementTerms], in rows: Rows
    ) throws -> [ReconciliationFinding] {
        let providers = Set(terms.map(\.providerAccount.text))
        let banks = Set(terms.map(\.bank.text))
        guard let line = ChartOfAccounts.line(for: account.path),
            let owner = line.template.owner(in: account.path.stem).map(String.init)
        else { return [] }
        switch line.template {
        case .bankCash where banks.contains(owner): return try cash(account, bank: owner, in: rows)
        case .providerInTransit where providers.contains(owner): return try inTransit(account, in: rows)
        case .suspense where providers.contains(owner) || banks.contains(owner):
            return try suspense(account, in: rows)
        default: return []
        }
    }

    // MARK: Cash

    /// Cash is what the bank said last.
    private static func cash(_ account: Account, bank: String, in rows: Rows) throws -> [ReconciliationFinding] {
        let posted = try LedgerQueries(rows).balance(of: account).posted
        let key = PairKey(bank, account.currency.code.description)
        guard let stated = try rows.find(BankAccountBalance.self, key) else {
            return posted.isZero ? [] : [.cashDiffers(account.path, ledger: posted, bank: .zero(account.currency))]
        }
        // A file that is not booked to its end is told by itself.
        guard try rows.find(Statement.self, stated.statement)?.isImported == true else { return [] }
        return posted == stated.closing ? [] : [.cashDiffers(account.path, ledger: posted, bank: stated.closing)]
    }

    // MARK: Money on its way

    /// Each item is a remittance, and what is open of it has still to arrive.
    private static func inTransit(_ account: Account, in rows: Rows) throws -> [ReconciliationFinding] {
        try openItems(on: account, in: rows).compactMap { open in
            guard open.item.kind == .remittance,
                let remittance = try rows.find(Remittance.self, RemittanceID(rawValue: open.item.rawValue))
            else { return .unexplained(account.path, open.item, open.open) }
            return try remittance.outstanding() == open.open
                ? nil : .remittanceDiffers(remittance.id, items: open.open, remittance: try remittance.outstanding())
        }
    }

    /// What has still to arrive is on its way; what should have arrived is a break.
    private static func remittanceFindings(in rows: Rows) throws -> [ReconciliationFinding] {
        var findings: [ReconciliationFinding] = []
        var last: RemittanceID?
        repeat {
            let page = try RemittanceStore.page(after: last, limit: pageCount, in: rows)
            for remittance in page { findings += try self.findings(of: remittance, in: rows) }
            last = page.last?.id
        } while last != nil
        return findings
    }

    private static func findings(of remittance: Remittance, in rows: Rows) throws -> [ReconciliationFinding] {
        let outstanding = try remittance.outstanding()
        guard !outstanding.isZero else { return [] }
        let path = StandardAccount(.providerInTransit, of: remittance.providerAccount).path(in: remittance.currency)
        let account = try LedgerQueries(rows).account(.path(path))
        let open = try account.flatMap { try LedgerQueries(rows).openItem(remittance.item, on: $0)?.open }
        if open?.isZero != false {
            let none = Amount.zero(remittance.currency)
            return [.remittanceDiffers(remittance.id, items: none, remittance: outstanding)]
        }
        guard remittance.receivedCount > 0 else { return [] }
        let isTold = try rows.group(Break.byRemittance, remittance.id).contains {
            $0.kind == .remittanceDiffersBank && $0.openAmount == outstanding
        }
        return isTold ? [] : [.unexplained(path, remittance.item, outstanding)]
    }

    // MARK: Suspense

    /// Each line in suspense has an open break of the same amount. Items of payments are the payments' own to explain.
    private static func suspense(_ account: Account, in rows: Rows) throws -> [ReconciliationFinding] {
        try openItems(on: account, in: rows).filter { $0.item.kind == .line }.compactMap { open in
            let breaks = try rows.group(Break.byLine, StatementLineID(rawValue: open.item.rawValue))
            return breaks.contains { $0.openAmount == open.open }
                ? nil : .unexplained(account.path, open.item, open.open)
        }
    }

    // MARK: Reading

    private static func openItems(on account: Account, in rows: Rows) throws -> [OpenItemReading] {
        var items: [OpenItemReading] = []
        var last: OpenItemReading?
        repeat {
            let page = try LedgerQueries(rows).openItems(on: account, after: last, limit: pageCount)
            items += page
            last = page.last
        } while last != nil
        return items
    }

    private static func unfinishedStatements(in rows: Rows) throws -> [Statement] {
        try StatementStore.unfinished(limit: pageCount, in: rows)
    }
}

/// What is wrong with what was reconciled.
package enum ReconciliationFinding: Hashable, Sendable {
    /// A file was received and is not booked to its last line: import it again.
    case unfinishedStatement(StatementID)
    case cashDiffers(AccountPath, ledger: Amount, bank: Amount)
    /// Something is open on a clearing or suspense account, and nothing says why.
    case unexplained(AccountPath, OpenItem, Amount)
    case remittanceDiffers(RemittanceID, items: Amount, remittance: Amount)
}

extension ReconciliationFinding: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unfinishedStatement(let id): "\(id): received, and not booked to its last line"
        case .cashDiffers(let path, let ledger, let bank):
            "\(path): the ledger has \(ledger.minorUnits), the bank says \(bank.minorUnits)"
        case .unexplained(let path, let item, let amount):
            "\(path): \(amount.minorUnits) of \(item) is open, and nothing says why"
        case .remittanceDiffers(let id, let items, let remittance):
            "\(id): \(items.minorUnits) is on its way, of \(remittance.minorUnits) that has still to arrive"
        }
    }
}
