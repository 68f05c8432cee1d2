import EventLog
import Ledger
import Payments
import Storage

/// Opens, ends and finds breaks. Each also waits on the list of work items, under its own number.
package enum BreakStore {
    @discardableResult
    static func open(_ facts: BreakFacts, context: EventContext, in work: inout UnitOfWork) throws -> Break {
        let broken = Break(id: work.newIdentifier(), facts, openedAt: work.now)
        work.insert(broken)
        var journal = WorkItemJournal()
        try WorkItemStore.open(
            WorkItemDraft(.break, of: broken.id, amount: broken.openAmount, nextAction: facts.nextAction), in: &work,
            journal: &journal)
        if let payment = facts.payment { PaymentEventStore.note(payment, in: &work) }
        work.append(
            BreakOpened(id: broken.id, facts: facts, workItems: WorkItemMembers(journal)), context: context)
        return broken
    }

    /// Ends a break and takes it off the list.
    /// - Parameters:
    ///   - ledger: What was posted to clear it, where something was.
    ///   - remittance: The remittance its line turned out to bring.
    @discardableResult
    static func resolve(
        _ broken: Break, as resolution: BreakResolution, ledger: LedgerMembers = LedgerMembers(),
        remittance: RemittanceID? = nil, context: EventContext, in work: inout UnitOfWork
    ) throws -> Break {
        precondition(broken.isOpen, "a break ends once")
        var resolved = broken
        resolved.resolution = resolution
        resolved.resolvedAt = work.now
        work.update(resolved)
        if let payment = broken.facts.payment { PaymentEventStore.note(payment, in: &work) }
        work.append(
            BreakResolved(id: broken.id, resolution: resolution, remittance: remittance, ledger: ledger),
            context: context)
        let ending: WorkItemResolution =
            switch resolution {
            case .laterLine, .found: .settled
            case .adjusted: .adjusted
            case .accepted: .done
            }
        try WorkItemStore.settle(.break, of: AllowedText(broken.id), as: ending, in: &work, context: context)
        return resolved
    }

    // MARK: Finding

    static func find(_ id: BreakID, in work: borrowing UnitOfWork) throws -> Break? {
        try work.find(Break.self, id)
    }

    /// The open ones of a class about one movement.
    static func open(
        _ kind: BreakClass, of movement: MovementKey, in work: borrowing UnitOfWork
    ) throws -> [Break] {
        try work.group(Break.byMovement, movement).filter { $0.isOpen && $0.kind == kind }
    }

    /// The open ones of a class that a source knows by one name.
    static func open(
        _ kind: BreakClass, named reference: StatementReference, by source: StatementSource,
        in work: borrowing UnitOfWork
    ) throws -> [Break] {
        try work.group(Break.byReference, PairKey(source.owner.text, reference.text)).filter {
            $0.isOpen && $0.kind == kind && $0.facts.source == source
        }
    }

    /// The open ones of lines in suspense that a source knows by one name.
    static func inSuspense(
        named reference: StatementReference, by source: StatementSource, in work: borrowing UnitOfWork
    ) throws -> [Break] {
        try work.group(Break.byReference, PairKey(source.owner.text, reference.text)).filter {
            $0.isOpen && $0.kind.isInSuspense && $0.facts.source == source
        }
    }

    /// The open ones about what the bank showed of a remittance.
    static func open(of remittance: RemittanceID, in work: borrowing UnitOfWork) throws -> [Break] {
        try work.group(Break.byRemittance, remittance).filter {
            $0.isOpen && $0.kind == .remittanceDiffersBank
        }
    }

    /// Breaks from the oldest on, after `previous`, at most `limit`.
    /// - Parameters:
    ///   - state: Nil for all.
    ///   - kind: Only those of one class.
    ///   - statement: Only those found in one file.
    package static func page(
        _ state: BreakState?, kind: BreakClass? = nil, statement: StatementID? = nil, after previous: BreakID?,
        limit: Int, in rows: Rows
    ) throws -> [Break] {
        var condition =
            "id > ?2 AND (CAST(?3 AS TEXT) IS NULL OR class = ?3) AND (CAST(?4 AS BIGINT) IS NULL OR statement = ?4)"
        switch state {
        case .open: condition += " AND resolution IS NULL"
        case .resolved: condition += " AND resolution IS NOT NULL"
        case nil: break
        }
        return try rows.select(
            Break.self, "\(condition) ORDER BY id LIMIT ?5",
            [
                .integer(previous?.rawValue ?? 0), kind.map { .text($0.rawValue) } ?? .null,
                statement.map { .integer($0.rawValue) } ?? .null, .integer(Int64(limit)),
            ])
    }
}
