import EventLog
import Ledger
import Storage

/// Facts that are recorded without being booked.
extension RecordProviderOutcome {
    /// It names nothing of ours. Perhaps the answer that tells us the provider's name for the payment is still on its way.
    func keepOrphan(
        _ fact: ProviderFact, from account: PathSegment, context: EventContext, in work: inout UnitOfWork
    ) throws -> RecordedOutcome {
        let orphan = OrphanFact(id: work.newIdentifier(), providerAccount: account, fact: fact, heardAt: work.now)
        var journal = WorkItemJournal()
        try WorkItemStore.open(
            WorkItemDraft(.orphanNotification, of: orphan.id, amount: fact.amount), in: &work, journal: &journal)
        OrphanFactStore.insert(orphan, in: &work)
        let event = FactOrphaned(
            orphan: orphan.id, providerAccount: account, fact: orphan.fact, workItems: WorkItemMembers(journal))
        work.append(event, context: context)
        return .orphaned(orphan.id)
    }

    /// A fact that was kept names a payment by now: it is heard as if it came just now.
    func adopt(
        _ orphan: OrphanFact, by payment: PaymentID, context: EventContext, in work: inout UnitOfWork
    ) throws {
        OrphanFactStore.adopt(orphan, by: payment, in: &work)
        PaymentEventStore.note(payment, in: &work)
        work.append(OrphanAdopted(orphan: orphan.id, payment: payment), context: context)
        try WorkItemStore.settle(.orphanNotification, of: AllowedText(orphan.id), in: &work, context: context)
        _ = try perform(
            HeardFact(orphan.fact, address: nil), from: orphan.providerAccount, context: context, in: &work)
    }

    /// It would undo what we know. What waits to be sent is not asked about: the answer it gets decides as well, and a question in
    /// its place would be answered that there is no such thing, again and again. What is asked twice in vain is asked less and
    /// less often.
    func question(
        _ fact: ProviderFact, _ operations: [PaymentOperationID], _ row: PaymentRow, context: EventContext,
        in work: inout UnitOfWork
    ) throws -> RecordedOutcome {
        var hand = PaymentInHand(row)
        var questions: [ProviderCommandRow] = []
        for operation in operations {
            let command = try ProviderCommandStore.find(ProviderCommandID(rawValue: operation.rawValue), in: work)
            if let command, !command.waitsToBeSent { questions.append(command) }
        }
        let event = OutcomeQuestioned(payment: row.payment.id, fact: fact, lookUps: questions.map(\.operation))
        try hand.append(event, context: context, in: &work)
        for command in questions {
            let patience = fact.origin == .lookUp ? LookUpPatience.after(command.attemptCount) : .seconds(0)
            try ProviderCommandStore.requestLookUp(command.id, at: work.now.advanced(by: patience), in: &work)
        }
        return .questioned(row.payment.id)
    }

    func keepUnbookable(
        _ fact: ProviderFact, _ why: UnbookableReason, _ row: PaymentRow, context: EventContext,
        in work: inout UnitOfWork
    ) throws -> RecordedOutcome {
        var hand = PaymentInHand(row)
        try WorkItemStore.open(
            WorkItemDraft(.unbookableFact, of: row.payment.id, amount: fact.amount), in: &work,
            journal: &hand.workItems)
        let event = OutcomeUnbookable(
            payment: row.payment.id, fact: fact, why: why, workItems: WorkItemMembers(hand.workItems))
        try hand.append(event, context: context, in: &work)
        return .unbookable(row.payment.id, why)
    }
}

extension UnbookableReason {
    init(_ fault: FactFault) {
        switch fault {
        case .amountNotPositive: self = .amountNotPositive
        case .arithmetic(.currencyMismatch): self = .currencyMismatch
        case .arithmetic: self = .overflow
        }
    }
}

/// How long to wait before a provider is asked the same question again.
package enum LookUpPatience {
    /// Two seconds, doubled with each attempt, an hour at most.
    package static func after(_ attemptCount: Int64) -> Instant.Span {
        .seconds(min(3_600, 1 << min(12, max(1, attemptCount))))
    }
}

extension PaymentInHand {
    /// Opens a work item for each thing about a fact that a person must know.
    mutating func tellPeople(_ outcome: FactOutcome, of fact: ProviderFact, in work: inout UnitOfWork) throws {
        for alarm in FactAlarm.allCases where outcome.alarms.contains(alarm) {
            let isOfDispute = alarm == .dispute || alarm == .inquiry
            let subject = isOfDispute ? dispute.map { AllowedText($0.id) } : nil
            let draft = WorkItemDraft(WorkItemKind(alarm), of: subject ?? AllowedText(payment.id), amount: fact.amount)
            try WorkItemStore.open(draft, in: &work, journal: &workItems)
        }
        for flag in ledger.flags {
            let draft = WorkItemDraft(WorkItemKind(flag), of: payment.id, amount: fact.amount)
            try WorkItemStore.open(draft, in: &work, journal: &workItems)
        }
    }
}

extension WorkItemKind {
    /// The kind that an unusual posting opens.
    package init(_ flag: PostingFlag) {
        switch flag {
        case .postedToFrozen: self = .frozenPosting
        case .redirectedFromClosed: self = .redirectedPosting
        }
    }
}
