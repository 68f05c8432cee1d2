import EventLog
import Ledger
import Money
import Payments
import Storage

/// Proposes a ledger transaction for the difference a break shows, as far as the table of breaks allows one. It is posted
/// when another person has approved it.
package struct ProposeAdjustment: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let `break`: BreakID
        package let kind: AdjustmentKind
        /// With the sign of the break's open amount; nil for all of it.
        package let amount: Amount?
        /// Where identified money belongs; nil for the other kinds.
        package let target: AccountPath?
        package let proposer: Principal
        package let context: EventContext

        /// - Parameter context: Its actor is the proposer's.
        package init(
            book: BookID, break broken: BreakID, kind: AdjustmentKind, amount: Amount? = nil,
            target: AccountPath? = nil, proposer: Principal, context: EventContext
        ) {
            precondition(context.actor == proposer.actor, "who proposes is who acts")
            self.book = book
            self.break = broken
            self.kind = kind
            self.amount = amount
            self.target = target
            self.proposer = proposer
            self.context = context
        }
    }

    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// The same proposal of the same person again answers the one that waits.
    /// - Throws: `AdjustmentRejection`.
    package func run(_ command: Command) async throws -> Adjustment {
        try await database.write(command.book, expecting: [.row(Break.self, command.break)]) { work in
            try ProposeAdjustment.perform(command, in: &work)
        }
    }

    package static func perform(_ command: Command, in work: inout UnitOfWork) throws -> Adjustment {
        let broken = try AdjustmentRules.openBreak(command.break, in: work)
        let rules = try AdjustmentRules(broken, in: work)
        let amount = try rules.check(command.kind, command.amount, target: command.target, on: work.now)
        try rules.checkTarget(command.target, for: amount, in: work)
        let waiting = try work.group(Adjustment.byBreak, broken.id).first { $0.state == .proposed }
        if let waiting {
            guard waiting.isProposal(command, of: amount) else { throw AdjustmentRejection.alreadyProposed(waiting.id) }
            return waiting
        }
        let adjustment = Adjustment(
            id: work.newIdentifier(), of: broken.id, kind: command.kind, amount: amount, target: command.target,
            proposedBy: command.context.actor, proposedAt: work.now)
        work.insert(adjustment)
        work.append(AdjustmentProposed(adjustment), context: command.context)
        return adjustment
    }
}

extension Adjustment {
    fileprivate func isProposal(_ command: ProposeAdjustment.Command, of amount: Amount) -> Bool {
        kind == command.kind && self.amount == amount && target == command.target
            && command.proposer.isBehind(proposedBy)
    }
}
