import EventLog
import Ledger
import Storage

/// Makes the rows of payments out of the log alone: what each event says changed, added up, and the holds and bookings as
/// its ledger transactions make them. No rule is asked, and none of the verbs' code runs.
package struct PaymentsReplay: EventReplayer {
    package init() {}

    package func apply(_ event: EventDocument, in work: inout UnitOfWork) throws {
        switch event.type {
        case ChargeInitiated.type:
            work.insert(
                try event.content(as: ChargeInitiated.self).row(at: event.time, sequence: event.id.sequence))
        case PaymentRecovered.type:
            work.insert(
                try event.content(as: PaymentRecovered.self).row(at: event.time, sequence: event.id.sequence))
        case CaptureRequested.type: try replay(event.content(as: CaptureRequested.self), event, in: &work)
        case VoidRequested.type: try replay(event.content(as: VoidRequested.self), event, in: &work)
        case RefundRequested.type: try replay(event.content(as: RefundRequested.self), event, in: &work)
        case AnswerLost.type:
            let lost = try event.content(as: AnswerLost.self)
            try replay(lost.changes, LedgerMembers(), of: lost.payment, event, in: &work)
        case OutcomeRecorded.type:
            let outcome = try event.content(as: OutcomeRecorded.self)
            try replay(outcome.changes, outcome.ledger, of: outcome.payment, event, in: &work)
        case OutcomeQuestioned.type:
            let payment = try event.content(as: OutcomeQuestioned.self).payment
            try replay(PaymentChanges(), LedgerMembers(), of: payment, event, in: &work)
        case OutcomeUnbookable.type:
            let payment = try event.content(as: OutcomeUnbookable.self).payment
            try replay(PaymentChanges(), LedgerMembers(), of: payment, event, in: &work)
        case SettlementRecorded.type:
            let settlement = try event.content(as: SettlementRecorded.self)
            try replay(settlement.changes, LedgerMembers(), of: settlement.payment, event, in: &work)
        case CommandsSubmitted.type:
            for sent in try event.content(as: CommandsSubmitted.self).operations { try replay(sent, event, in: &work) }
        case FactOrphaned.type: try keep(event.content(as: FactOrphaned.self), event, in: &work)
        case OrphanAdopted.type: try adopt(event.content(as: OrphanAdopted.self), in: &work)
        default: break
        }
    }

    private func replay(
        _ request: some OperationRequested, _ event: EventDocument, in work: inout UnitOfWork
    ) throws {
        try replay(request.changes, request.ledger, of: request.payment, event, in: &work)
    }

    private func replay(
        _ changes: PaymentChanges, _ ledger: LedgerMembers, of payment: PaymentID, _ event: EventDocument,
        in work: inout UnitOfWork
    ) throws {
        var rows = try ReplayedPayment(payment, in: work)
        try rows.apply(changes, at: event.time, in: work)
        try rows.apply(ledger)
        try rows.write(sequence: event.id.sequence, in: &work)
    }

    private func replay(
        _ sent: CommandsSubmitted.Sent, _ event: EventDocument, in work: inout UnitOfWork
    ) throws {
        var rows = try ReplayedPayment(sent.payment, in: work)
        var change = OperationChange(id: sent.operation)
        change.state = .submitted
        try rows.apply(PaymentChanges(operations: [change]), at: event.time, in: work)
        rows.noteSubmission(of: sent)
        try rows.write(sequence: event.id.sequence, in: &work)
    }

    // MARK: Orphans

    private func keep(_ orphaned: FactOrphaned, _ event: EventDocument, in work: inout UnitOfWork) throws {
        work.insert(
            OrphanFact(
                id: orphaned.orphan, providerAccount: orphaned.providerAccount, fact: orphaned.fact,
                heardAt: event.time))
    }

    private func adopt(_ adopted: OrphanAdopted, in work: inout UnitOfWork) throws {
        guard var orphan = try work.find(OrphanFact.self, adopted.orphan) else {
            throw EventRejection.malformed("subject")
        }
        orphan.payment = adopted.payment
        work.update(orphan)
    }
}
