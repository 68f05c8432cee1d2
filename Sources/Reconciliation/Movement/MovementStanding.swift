import Money
import Payments
import Storage

/// Where a movement stands by what was recorded of it. For one that has just happened that is nowhere; it matters when the
/// movements are made anew, after files and people have had their say.
struct MovementStanding {
    private(set) var movement: ExpectedMovement

    init(of movement: ExpectedMovement, in work: borrowing UnitOfWork) throws {
        self.movement = movement
        for line in try lines(in: work) { try take(line) }
        for broken in try work.group(Break.byMovement, movement.key) { try take(broken) }
    }

    // MARK: Lines

    /// Those that were found to be about it, when they were booked or later.
    private func lines(in work: borrowing UnitOfWork) throws -> [StatementLine] {
        let told = try work.group(StatementLine.byPayment, movement.payment).filter(isAbout)
        guard let reference = movement.providerReference else { return told }
        let name = PairKey(movement.providerAccount.text, reference.text)
        let found = try work.group(Break.byReference, name).compactMap { broken in
            try broken.resolution == .found
                ? broken.facts.line.flatMap { try work.find(StatementLine.self, $0) } : nil
        }
        return told + found.filter { $0.kind == .movement(movement.kind) }
    }

    private func isAbout(_ line: StatementLine) -> Bool {
        guard line.kind == .movement(movement.kind) else { return false }
        guard let reference = movement.providerReference else { return line.reference == movement.reference }
        return line.providerReference == reference
    }

    private mutating func take(_ line: StatementLine) throws(AmountError) {
        if line.currency == movement.currency {
            movement.state = .settled
            try movement.settle(line.amount)
        } else if movement.state != .settled {
            // A line in another currency contests it; the one that takes that back gives it free again.
            movement.state = line.breakClass == .currencyDiffers ? .contested : .open
        }
    }

    // MARK: People

    private mutating func take(_ broken: Break) throws(AmountError) {
        if broken.kind == .missingThere { movement.isMissed = true }
        guard broken.facts.difference?.currency == movement.currency else { return }
        guard broken.resolution == .adjusted else { return try movement.settle(broken.adjusted) }
        movement.settled = movement.gross
        movement.state = .settled
    }
}
