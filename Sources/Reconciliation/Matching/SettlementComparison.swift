/// A whole file against all that was expected of it, without a database: what the stored comparison comes to, line by line,
/// for a file small enough to hold.
package struct SettlementComparison: Sendable {
    /// A verdict for each line, in the order of the file.
    package let verdicts: [LineVerdict]
    /// Movements that were due in the file and of which no line speaks.
    package let missingThere: [MovementKey]

    package init(
        _ content: SettlementContent, with expected: [ExpectedMovement], cutOff: CutOff, fees: ProviderFeeSchedule?
    ) {
        var ledger = MovementIndex(expected)
        var verdicts = [LineVerdict](
            repeating: .unexplained(.missingHere, resembles: nil), count: content.lines.count)
        for group in LineGroup.of(content.lines) {
            let lines = group.places.map { content.lines[$0] }
            let outcome = Matcher.match(
                lines, with: ledger.movements(for: lines[0]), lookalikes: ledger.lookalikes(of: lines[0]), fees: fees)
            for (place, verdict) in zip(group.places, outcome.verdicts) { verdicts[place] = verdict }
            ledger.update(outcome.movements)
        }
        self.verdicts = verdicts
        let due = Due(in: content, cutOff: cutOff)
        missingThere = ledger.all.filter { $0.state == .open && due.includes($0.occurredAt) }.map(\.key)
    }
}

/// Movements by their names.
private struct MovementIndex {
    private var movements: [MovementKey: ExpectedMovement] = [:]
    private var order: [MovementKey] = []
    private var byName: [StatementReference: [MovementKey]] = [:]
    private var byFoldedName: [String: [MovementKey]] = [:]
    private var byOurName: [StatementReference: [MovementKey]] = [:]

    init(_ expected: [ExpectedMovement]) {
        for movement in expected {
            movements[movement.key] = movement
            order.append(movement.key)
            if let name = movement.providerReference {
                byName[name, default: []].append(movement.key)
                byFoldedName[name.folded, default: []].append(movement.key)
            } else if let name = movement.reference {
                byOurName[name, default: []].append(movement.key)
            }
        }
    }

    var all: [ExpectedMovement] { order.compactMap { movements[$0] } }

    /// Those of the provider's name; where there is none, those we know by our own name only.
    func movements(for line: SettlementLine) -> [ExpectedMovement] {
        let named = find(byName[line.providerReference], line.kind)
        return named.isEmpty ? find(line.reference.flatMap { byOurName[$0] }, line.kind) : named
    }

    func lookalikes(of line: SettlementLine) -> [ExpectedMovement] {
        find(byFoldedName[line.providerReference.folded], line.kind).filter {
            $0.providerReference != line.providerReference
        }
    }

    mutating func update(_ changed: [ExpectedMovement]) {
        for movement in changed { movements[movement.key] = movement }
    }

    private func find(_ keys: [MovementKey]?, _ kind: MovementKind) -> [ExpectedMovement] {
        (keys ?? []).filter { $0.kind == kind }.compactMap { movements[$0] }
    }
}
