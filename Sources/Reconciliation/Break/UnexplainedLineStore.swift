import Ledger
import Payments
import Storage

/// The open breaks about lines of one provider account's files that nothing in the books explains.
enum UnexplainedLineStore {
    private static let condition =
        "resolution IS NULL AND class = '\(BreakClass.missingHere.rawValue)'"
        + " AND kind = '\(StatementSource.Kind.settlement.rawValue)' AND owner = ?2"

    /// From the oldest on, after `previous`, at most `limit`.
    static func page(
        of account: PathSegment, after previous: BreakID?, limit: Int, in rows: Rows
    ) throws -> [Break] {
        try rows.select(
            Break.self, "\(condition) AND id > ?3 ORDER BY id LIMIT ?4",
            [.text(account.text), .integer(previous?.rawValue ?? 0), .integer(Int64(limit))])
    }

    static func count(of account: PathSegment, in rows: Rows) throws -> Int64 {
        var count: Int64 = 0
        let text = "SELECT count(*) FROM \(Break.table.name) WHERE book = ?1 AND \(condition)"
        try rows.query(text, [.text(account.text)]) { count = $0.integer() }
        return count
    }
}
