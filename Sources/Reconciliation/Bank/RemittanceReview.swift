import EventLog
import Ledger
import Money
import Payments
import Storage

/// Compares a remittance with what our bank has shown of it, whenever either has changed. What still differs is one break;
/// one that says something else is over.
struct RemittanceReview {
    private let remittance: Remittance
    private let line: StatementLineID?
    private let statement: Statement?
    private let context: EventContext

    /// - Parameters:
    ///   - line: The bank's line that changed it; nil where a provider's file or the passing of time did.
    ///   - statement: The file that changed it.
    init(_ remittance: Remittance, line: StatementLineID? = nil, statement: Statement?, context: EventContext) {
        self.remittance = remittance
        self.line = line
        self.statement = statement
        self.context = context
    }

    func perform(in work: inout UnitOfWork) throws {
        let outstanding = try remittance.outstanding()
        var isTold = outstanding.isZero
        for broken in try BreakStore.open(of: remittance.id, in: work) {
            if broken.openAmount == outstanding, line == nil {
                isTold = true
            } else {
                try BreakStore.resolve(broken, as: .laterLine, context: context, in: &work)
            }
        }
        if !isTold { try BreakStore.open(facts(outstanding), context: context, in: &work) }
    }

    private func facts(_ outstanding: Amount) throws -> BreakFacts {
        BreakFacts(
            .remittanceDiffersBank, source: .bank(remittance.bank), statement: statement?.id, line: line,
            providerReference: remittance.reference, remittance: remittance.id,
            expected: Figure(amount: try outstanding.adding(remittance.received)),
            found: Figure(amount: remittance.received), difference: outstanding,
            dueDate: line == nil ? remittance.dueDate : statement?.date ?? remittance.dueDate)
    }
}

/// What a provider's file does for remittances our bank has shown already.
extension RemittanceReview {
    /// Moves bank lines that named the remittance before anybody knew it out of suspense, and reviews what has arrived.
    static func settle(
        _ known: Remittance, by statement: Statement, context: EventContext, in work: inout UnitOfWork
    ) throws {
        var remittance = known
        let waiting = try BreakStore.open(
            .missingHere, named: known.reference, by: .bank(known.bank), in: work
        ).filter { $0.facts.currency == known.currency }
        for broken in waiting { try receive(broken, into: &remittance, context: context, in: &work) }
        guard remittance.receivedCount > 0 else { return }
        try RemittanceReview(remittance, statement: statement, context: context).perform(in: &work)
    }

    private static func receive(
        _ broken: Break, into remittance: inout Remittance, context: EventContext, in work: inout UnitOfWork
    ) throws {
        // What people gave another place is not here any more.
        guard let line = broken.facts.line, let amount = broken.openAmount, broken.adjusted.isZero else { return }
        try remittance.receive(amount, sequence: work.nextSequence)
        work.update(remittance)
        var journal = LedgerJournal()
        let draft = try PostingRules.remittanceIdentified(
            remittance.providerAccount, received: amount, bank: remittance.bank, line: OpenItem(.line, line.rawValue),
            remittance: remittance.item)
        if let draft { _ = try LedgerStore.post(draft, in: &work, journal: &journal) }
        try BreakStore.resolve(
            broken, as: .found, ledger: LedgerMembers(journal), remittance: remittance.id, context: context, in: &work)
    }
}
