import EventLog
import Ledger
import Money
import Payments
import Storage

/// Makes statements, remittances, breaks and adjustments out of the log alone. Nothing is matched anew: what an event says
/// happened is added up, and none of the verbs' code runs.
package struct ReconciliationReplay: EventReplayer {
    package init() {}

    package func apply(_ event: EventDocument, in work: inout UnitOfWork) throws {
        switch event.type {
        case SettlementTermsSet.type: try set(event.content(as: SettlementTermsSet.self).terms, in: &work)
        case StatementReceived.type: try receive(event.content(), at: event.time, in: &work)
        case LineBooked.type: try book(event.content(as: LineBooked.self).line, event, in: &work)
        case StatementImported.type: try end(event.content(), at: event.time, in: &work)
        case ReceiptTold.type: try tell(event.content(), in: &work)
        case BreakOpened.type:
            let opened = try event.content(as: BreakOpened.self)
            work.insert(Break(id: opened.id, opened.facts, openedAt: event.time))
        case BreakResolved.type: try resolve(event.content(), event, in: &work)
        case AdjustmentProposed.type: try propose(event.content(), event, in: &work)
        case AdjustmentApproved.type:
            try approve(event.content(as: AdjustmentApproved.self).id, event, in: &work)
        case AdjustmentRejected.type:
            let id = try event.content(as: AdjustmentRejected.self).id
            _ = try decide(id, .rejected, event, in: &work)
        default: break
        }
    }

    private func found<R: Row>(_ type: R.Type, _ key: R.Key, in work: borrowing UnitOfWork) throws -> R {
        guard let row = try work.find(type, key) else { throw EventRejection.malformed("subject") }
        return row
    }

    private func set(_ terms: SettlementTerms, in work: inout UnitOfWork) throws {
        if try work.find(SettlementTerms.self, terms.key) == nil { work.insert(terms) } else { work.update(terms) }
    }
}

// MARK: Statements

extension ReconciliationReplay {
    private func receive(_ received: StatementReceived, at moment: Instant, in work: inout UnitOfWork) throws {
        let told = received.statement
        work.insert(
            Statement(
                id: told.id, source: told.source, format: told.format, hash: told.hash, reference: told.reference,
                date: told.date, coversUntil: told.coversUntil, lineCount: told.lineCount, receivedAt: moment))
        for remittance in received.remittances { try add(remittance, of: told, in: &work) }
        for balance in received.balances {
            let row = BankAccountBalance(
                bank: told.source.owner, closing: balance.closing, date: told.date, statement: told.id)
            let isKnown = try work.find(BankAccountBalance.self, row.key) != nil
            if isKnown { work.update(row) } else { work.insert(row) }
        }
    }

    private func add(_ told: TotalledRemittance, of statement: Statement, in work: inout UnitOfWork) throws {
        if var known = try work.find(Remittance.self, told.id) {
            try known.add(told.totals)
            return work.update(known)
        }
        var remittance = Remittance(
            id: told.id, providerAccount: statement.source.owner, bank: told.bank, reference: told.totals.reference,
            date: statement.date, dueDate: told.dueDate, currency: told.totals.currency)
        try remittance.add(told.totals)
        work.insert(remittance)
    }

    private func book(_ line: StatementLine, _ event: EventDocument, in work: inout UnitOfWork) throws {
        work.insert(line)
        var statement = try found(Statement.self, line.statement, in: work)
        statement.bookedCount += 1
        work.update(statement)
        // A bank's line with a remittance is its receipt; a provider's told the remittance before.
        guard case .bank = line.kind, let id = line.remittance else { return }
        try receive(line.amount, of: id, event, in: &work)
    }

    private func receive(
        _ amount: Amount, of id: RemittanceID, _ event: EventDocument, in work: inout UnitOfWork
    ) throws {
        var remittance = try found(Remittance.self, id, in: work)
        try remittance.receive(amount, sequence: event.id.sequence)
        work.update(remittance)
    }

    private func tell(_ told: ReceiptTold, in work: inout UnitOfWork) throws {
        var remittance = try found(Remittance.self, told.remittance, in: work)
        remittance.toldLine = told.line
        work.update(remittance)
    }

    private func end(_ imported: StatementImported, at moment: Instant, in work: inout UnitOfWork) throws {
        var statement = try found(Statement.self, imported.id, in: work)
        statement.importedAt = moment
        work.update(statement)
    }
}

// MARK: Breaks and adjustments

extension ReconciliationReplay {
    private func resolve(_ resolved: BreakResolved, _ event: EventDocument, in work: inout UnitOfWork) throws {
        var broken = try found(Break.self, resolved.id, in: work)
        broken.resolution = resolved.resolution
        broken.resolvedAt = event.time
        work.update(broken)
        guard let remittance = resolved.remittance, let found = broken.facts.found else { return }
        try receive(found.amount, of: remittance, event, in: &work)
    }

    private func propose(
        _ proposed: AdjustmentProposed, _ event: EventDocument, in work: inout UnitOfWork
    ) throws {
        work.insert(
            Adjustment(
                id: proposed.id, of: proposed.break, kind: proposed.kind, amount: proposed.amount,
                target: proposed.target, proposedBy: try event.context().actor, proposedAt: event.time))
    }

    private func approve(_ id: AdjustmentID, _ event: EventDocument, in work: inout UnitOfWork) throws {
        let adjustment = try decide(id, .approved, event, in: &work)
        var broken = try found(Break.self, adjustment.break, in: work)
        broken.adjusted = try broken.adjusted.adding(adjustment.amount)
        work.update(broken)
        guard broken.kind == .remittanceDiffersBank, let id = broken.facts.remittance else { return }
        var remittance = try found(Remittance.self, id, in: work)
        try remittance.adjust(adjustment.amount)
        work.update(remittance)
    }

    private func decide(
        _ id: AdjustmentID, _ decision: AdjustmentDecision, _ event: EventDocument, in work: inout UnitOfWork
    ) throws -> Adjustment {
        var adjustment = try found(Adjustment.self, id, in: work)
        adjustment.decision = decision
        adjustment.decidedBy = try event.context().actor
        adjustment.decidedAt = event.time
        work.update(adjustment)
        return adjustment
    }
}
