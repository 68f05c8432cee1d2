import Money

/// Decides which line is about which movement. Pure: it knows lines and movements, and neither books nor files.
///
/// Lines and movements meet by the provider's name for the movement, in the exact letters; where we do not know that name, by
/// ours. Never by amount and never by likeness: what merely looks right is for people.
///
/// Lines of one name are looked at together, so that their order in the file does not matter: those that agree take their
/// movements first, then those that differ in amount, then those that differ in currency. What is left over is a
/// duplicate where the movement is known, and unexplained where it is not. A line opens at most one break; the first of
/// currency, amount and fee that differs names it.
package struct Matcher {
    private let fees: ProviderFeeSchedule?
    /// The movements of one name, as the lines before have left them.
    private var movements: [ExpectedMovement]
    private var verdicts: [LineVerdict?]

    /// - Parameters:
    ///   - lines: All lines of a file with one kind and one name.
    ///   - movements: The movements of that kind and name, in whatever state.
    ///   - lookalikes: Movements whose name differs in the case of letters only.
    ///   - fees: What the contract says of the fee of a capture.
    /// - Returns: A verdict for each line, and the movements as these leave them.
    package static func match(
        _ lines: [SettlementLine], with movements: [ExpectedMovement], lookalikes: [ExpectedMovement] = [],
        fees: ProviderFeeSchedule?
    ) -> (verdicts: [LineVerdict], movements: [ExpectedMovement]) {
        var matcher = Matcher(
            fees: fees, movements: movements, verdicts: Array(repeating: nil, count: lines.count))
        matcher.assign(lines) { $1.remaining == $0.gross }
        matcher.assign(lines) { $1.state == .open && $1.currency == $0.currency }
        matcher.assign(lines) { $1.state == .open }
        let isKnown = !movements.isEmpty
        let rest = LineVerdict.unexplained(
            isKnown ? .duplicateLine : .missingHere, resembles: isKnown ? nil : lookalikes.first?.key)
        return (matcher.verdicts.map { $0 ?? rest }, matcher.movements)
    }

    /// Gives each line that has none the first waiting movement that fits it.
    private mutating func assign(_ lines: [SettlementLine], where fits: (SettlementLine, ExpectedMovement) -> Bool) {
        for (place, line) in lines.enumerated() where verdicts[place] == nil {
            let fitting = movements.indices.first { movements[$0].awaitsLine && fits(line, movements[$0]) }
            // A line whose amount leaves the range together with those before it is about nothing we know.
            guard let chosen = fitting, let taken = try? movements[chosen].taking(line) else { continue }
            verdicts[place] = verdict(on: line, about: movements[chosen])
            movements[chosen] = taken
        }
    }

    private func verdict(on line: SettlementLine, about movement: ExpectedMovement) -> LineVerdict {
        guard line.currency == movement.currency else { return .differs(.currencyDiffers, movement.key) }
        guard line.gross == movement.remaining else { return .differs(.amountDiffers, movement.key) }
        // The second line of a movement settles what the first left open; the fee was looked at with the first.
        guard movement.state == .open else { return .matched(movement.key) }
        let isAgreed = line.statedFee == nil && movement.agreedFee(fees).map { $0 == line.fee } ?? true
        return isAgreed ? .matched(movement.key) : .differs(.feeDiffers, movement.key)
    }
}

extension ExpectedMovement {
    /// What the provider may keep: what was stated with the movement, else what the contract says of a capture, else unknown.
    package func agreedFee(_ fees: ProviderFeeSchedule?) -> Amount? {
        if let fee { return fee }
        guard kind == .charge, let fees else { return nil }
        return try? fees.fee(of: gross)
    }

    /// The movement after a line about it.
    /// - Throws: `AmountError` where the line's amount does not fit beside those of the lines before it.
    package mutating func take(_ line: SettlementLine) throws(AmountError) {
        guard line.currency == currency else {
            state = .contested
            return
        }
        try settle(line.gross)
        state = .settled
    }

    fileprivate func taking(_ line: SettlementLine) throws(AmountError) -> ExpectedMovement {
        var movement = self
        try movement.take(line)
        return movement
    }

    /// What this side says of it.
    package func figure(_ fees: ProviderFeeSchedule?) -> Figure {
        Figure(amount: gross, fee: agreedFee(fees))
    }
}
