import Ledger
import Money
import Payments
import Reconciliation
import Storage

/// What is open on the clearing and suspense accounts at the end of the day, and what of it nothing explains.
struct DemoOpenItems: Sendable {
    let items: [OpenItemReading]
    /// Money on its way, in suspense or at a bank that no remittance, line, break or statement accounts for.
    let unexplained: [String]

    init(_ database: Database) throws {
        (items, unexplained) = try database.read(Founding.book) { rows in
            let queries = LedgerQueries(rows)
            let accounts = try queries.accounts(limit: 10_000).filter(Self.isClearing)
            return (
                try accounts.flatMap { try queries.openItems(on: $0, limit: 1_000) },
                try ReconciliationInvariants.findings(in: rows).map { "\($0)" }
            )
        }
    }

    private static func isClearing(_ account: Account) -> Bool {
        account.path.text.hasPrefix("suspense:") || account.path.text.contains(":in_transit:")
    }

    var text: String {
        var table = TextTable(["open in transit or suspense", "amount"])
        for item in items { table.add([item.item.description, item.open.description]) }
        let faults = unexplained.map { "unexplained: \($0)\n" }.joined()
        return table.isEmpty && faults.isEmpty ? "" : table.text + faults + "\n"
    }
}
