import EventLog
import Ledger
import Money
import Payments
import Storage

/// Posts a proposed adjustment: the second pair of eyes. Nobody approves what they proposed, with whatever key.
package struct ApproveAdjustment: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let adjustment: AdjustmentID
        package let approver: Principal
        package let context: EventContext

        /// - Parameter context: Its actor is the approver's.
        package init(book: BookID, adjustment: AdjustmentID, approver: Principal, context: EventContext) {
            precondition(context.actor == approver.actor, "who approves is who acts")
            self.book = book
            self.adjustment = adjustment
            self.approver = approver
            self.context = context
        }
    }

    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// Approving one that is posted already changes nothing.
    /// - Throws: `AdjustmentRejection`; `PostingRejection` where the ledger refuses it, as for a frozen account.
    package func run(_ command: Command) async throws -> Adjustment {
        try await database.write(command.book, expecting: [.row(Adjustment.self, command.adjustment)]) { work in
            try ApproveAdjustment.perform(command, in: &work)
        }
    }

    package static func perform(_ command: Command, in work: inout UnitOfWork) throws -> Adjustment {
        let adjustment = try AdjustmentDeciding.undecided(command.adjustment, unless: .approved, in: work)
        guard adjustment.decision == nil else { return adjustment }
        guard !command.approver.isBehind(adjustment.proposedBy) else {
            throw AdjustmentRejection.approvesOwn(adjustment.id)
        }
        let broken = try AdjustmentRules.openBreak(adjustment.break, in: work)
        let target = adjustment.target
        let rules = try AdjustmentRules(broken, in: work)
        _ = try rules.check(adjustment.kind, adjustment.amount, target: target, on: work.now)
        try rules.checkTarget(target, for: adjustment.amount, in: work)
        let remittance = try broken.facts.remittance.flatMap { try work.find(Remittance.self, $0) }
        var journal = LedgerJournal()
        let posting = AdjustmentPosting(adjustment: adjustment, broken: broken, remittance: remittance)
        if let draft = try posting.draft() { _ = try LedgerStore.post(draft, in: &work, journal: &journal) }
        let decided = AdjustmentDeciding.decide(
            adjustment, .approved, by: command.context, at: work.now, in: &work)
        if let payment = broken.facts.payment { PaymentEventStore.note(payment, in: &work) }
        work.append(AdjustmentApproved(id: adjustment.id, ledger: LedgerMembers(journal)), context: command.context)
        try take(adjustment.amount, of: broken, remittance, context: command.context, in: &work)
        return decided
    }

    /// What was adjusted is open no longer: in the break, and in what later lines are compared with.
    private static func take(
        _ amount: Amount, of broken: Break, _ remittance: Remittance?, context: EventContext, in work: inout UnitOfWork
    ) throws {
        var broken = broken
        broken.adjusted = try broken.adjusted.adding(amount)
        work.update(broken)
        if broken.kind == .remittanceDiffersBank, var remittance {
            try remittance.adjust(amount)
            work.update(remittance)
        }
        let isWhole = broken.openAmount == nil
        if let key = broken.facts.movement, var movement = try work.find(ExpectedMovement.self, key) {
            try movement.adjust(amount, isWhole: isWhole)
            work.update(movement)
        }
        if isWhole { try BreakStore.resolve(broken, as: .adjusted, context: context, in: &work) }
    }
}

extension ExpectedMovement {
    /// What people gave up is not expected any more.
    fileprivate mutating func adjust(_ amount: Amount, isWhole: Bool) throws(AmountError) {
        guard isWhole else { return try settle(amount) }
        settled = gross
        state = .settled
    }
}
