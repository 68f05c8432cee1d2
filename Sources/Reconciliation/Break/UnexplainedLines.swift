import EventLog
import Ledger
import Money
import Payments
import Storage

/// Lines in suspense because nobody knew what they were about, when that becomes known.
enum UnexplainedLines {
    /// The movement a line spoke of is known now: it settles the claim out of suspense, as it would have at once.
    static func explain(by movement: ExpectedMovement, context: EventContext, in work: inout UnitOfWork) throws {
        guard let reference = movement.providerReference else { return }
        let source = StatementSource.provider(movement.providerAccount)
        let fees = try work.find(SettlementTerms.self, movement.providerAccount.text)?.fees
        var movement = movement
        for broken in try BreakStore.open(.missingHere, named: reference, by: source, in: work) {
            guard let found = try ReviewedLine(of: broken, in: work), found.line.kind == movement.kind,
                movement.awaitsLine, found.line.currency == movement.currency
            else { continue }
            let verdict = Matcher.match([found.line], with: [movement], fees: fees).verdicts[0]
            let explained = ExplainedLine(line: found.line, movement: movement, breakClass: verdict.breakClass)
            try movement.take(found.line)
            work.update(movement)
            try clear(broken, found, explained, fees: fees, context: context, in: &work)
        }
    }

    private static func clear(
        _ broken: Break, _ found: ReviewedLine, _ explained: ExplainedLine, fees: ProviderFeeSchedule?,
        context: EventContext, in work: inout UnitOfWork
    ) throws {
        let draft = try PostingRules.lineExplained(
            explained.movement.providerAccount, gross: explained.claimed(), fee: explained.fee(),
            line: found.row.item, claim: explained.movement.item)
        var journal = LedgerJournal()
        if let draft { _ = try LedgerStore.post(draft, in: &work, journal: &journal) }
        PaymentEventStore.note(explained.movement.payment, in: &work)
        try BreakStore.resolve(broken, as: .found, ledger: LedgerMembers(journal), context: context, in: &work)
        if let settled = explained.settledCapture {
            let isReceived = found.remittance.receivedCount > 0
            try PaymentSettlement.note(
                settled: settled, received: isReceived ? settled : nil, of: explained.movement.payment,
                context: context, in: &work)
        }
        let facts = explained.facts(
            in: found.statement, id: found.row.id, remittance: found.remittance.id, fees: fees)
        if let facts { try BreakStore.open(facts, context: context, in: &work) }
    }
}

/// A line of a provider's file that was booked to suspense, with what it stands in.
struct ReviewedLine {
    let row: StatementLine
    let line: SettlementLine
    let statement: Statement
    let remittance: Remittance

    /// Nil when the break is not about a provider's line.
    init?(of broken: Break, in work: borrowing UnitOfWork) throws {
        guard let id = broken.facts.line, let row = try work.find(StatementLine.self, id),
            let statement = try work.find(Statement.self, row.statement),
            let remittance = try row.remittance.flatMap({ try work.find(Remittance.self, $0) }),
            let line = row.settlementLine(of: remittance)
        else { return nil }
        self.row = row
        self.line = line
        self.statement = statement
        self.remittance = remittance
    }
}
