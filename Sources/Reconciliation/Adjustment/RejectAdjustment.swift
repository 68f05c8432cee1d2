import EventLog
import Payments
import Storage

/// Turns a proposed adjustment down; the break stays open, and another may be proposed. Whoever proposed it may withdraw it so.
package struct RejectAdjustment: Sendable {
    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// Rejecting one that is rejected already changes nothing.
    /// - Parameter command: As for an approval; the approver is whoever rejects.
    /// - Throws: `AdjustmentRejection`.
    package func run(_ command: ApproveAdjustment.Command) async throws -> Adjustment {
        try await database.write(command.book, expecting: [.row(Adjustment.self, command.adjustment)]) { work in
            let adjustment = try AdjustmentDeciding.undecided(command.adjustment, unless: .rejected, in: work)
            guard adjustment.decision == nil else { return adjustment }
            let decided = AdjustmentDeciding.decide(
                adjustment, .rejected, by: command.context, at: work.now, in: &work)
            work.append(AdjustmentRejected(id: adjustment.id), context: command.context)
            return decided
        }
    }
}

/// What approving and rejecting have in common.
enum AdjustmentDeciding {
    /// The adjustment, undecided or decided this way already.
    /// - Throws: `unknownAdjustment`, `alreadyDecided`.
    static func undecided(
        _ id: AdjustmentID, unless same: AdjustmentDecision, in work: borrowing UnitOfWork
    ) throws -> Adjustment {
        guard let adjustment = try work.find(Adjustment.self, id) else {
            throw AdjustmentRejection.unknownAdjustment(id)
        }
        if let decision = adjustment.decision, decision != same {
            throw AdjustmentRejection.alreadyDecided(id, decision)
        }
        return adjustment
    }

    static func decide(
        _ adjustment: Adjustment, _ decision: AdjustmentDecision, by context: EventContext, at now: Instant,
        in work: inout UnitOfWork
    ) -> Adjustment {
        var decided = adjustment
        decided.decision = decision
        decided.decidedBy = context.actor
        decided.decidedAt = now
        work.update(decided)
        return decided
    }
}
