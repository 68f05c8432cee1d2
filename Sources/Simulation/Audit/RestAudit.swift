import Ledger
import Payments
import Reconciliation
import Storage

/// That nothing is left in doubt or half done, and that what files and books disagree about is explained.
struct RestAudit {
    let rows: Rows
    let desk: Desk

    func findings() throws -> [String] {
        try openOperations() + openBreaks()
    }

    private func openOperations() throws -> [String] {
        try PaymentStore.page(after: nil, limit: .max, in: rows).flatMap { row in
            let open = try ([row.authorization] + PaymentOperationStore.all(of: row.payment.id, in: rows))
                .filter(\.state.isOpen)
            let doubt = row.payment.isInDoubt ? ["\(row.payment.id) is in doubt"] : []
            return doubt + open.map { "\($0.kind.rawValue) \($0.id) of \(row.payment.id) is \($0.state.rawValue)" }
        }
    }

    /// Whatever is still open is about a line that was falsified on purpose. Its class may be another than was planted: the second
    /// line of a payment that nobody here knew yet was no duplicate then.
    private func openBreaks() throws -> [String] {
        try BreakStore.page(.open, kind: nil, statement: nil, after: nil, limit: .max, in: rows).compactMap { broken in
            let remittance = try broken.facts.remittance.flatMap { try rows.find(Remittance.self, $0)?.reference.text }
            let names = [broken.facts.providerReference?.text, remittance, broken.facts.payment?.description]
                .compactMap(\.self)
            let isPlanted = names.contains(where: desk.planted.contains)
            let figures = [broken.facts.expected, broken.facts.found].map {
                $0.map { "\($0.amount) fee \($0.fee.map { "\($0)" } ?? "none")" } ?? "nothing"
            }
            return isPlanted
                ? nil
                : "break \(broken.id) \(broken.kind.rawValue) \(names) is not explained: expected \(figures[0]), found \(figures[1])"
        }
    }
}
