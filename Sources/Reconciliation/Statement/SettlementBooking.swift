import EventLog
import Ledger
import Money
import Payments
import Storage

/// Books the lines of a provider's file, those of one name together: each matched with what the books expect, posted after
/// rows 9 and 9c or to suspense, and where it disagrees, with a break.
struct SettlementBooking {
    let statement: Statement
    let terms: SettlementTerms
    let context: EventContext

    private var account: PathSegment { terms.providerAccount }

    /// - Parameter lines: All lines of the file with one kind and one name.
    func book(_ lines: [SettlementLine], in work: inout UnitOfWork) throws {
        var rest: [SettlementLine] = []
        for line in lines {
            if let broken = try wrong(takenBackBy: line, in: work) {
                try takeBack(broken, by: line, in: &work)
            } else {
                rest.append(line)
            }
        }
        if !rest.isEmpty { try match(rest, in: &work) }
    }

    private func match(_ lines: [SettlementLine], in work: inout UnitOfWork) throws {
        let movements = try MovementStore.movements(for: lines[0], of: account, in: work)
        let lookalikes = movements.isEmpty ? try MovementStore.lookalikes(of: lines[0], of: account, in: work) : []
        let outcome = Matcher.match(lines, with: movements, lookalikes: lookalikes, fees: terms.fees)
        for after in outcome.movements where !movements.contains(after) { work.update(after) }
        var standing = Dictionary(uniqueKeysWithValues: movements.map { ($0.key, $0) })
        for (line, verdict) in zip(lines, outcome.verdicts) {
            guard let key = verdict.movement, let movement = standing[key] else {
                try bookUnexplained(line, verdict, lookalikes, in: &work)
                continue
            }
            let explained = ExplainedLine(line: line, movement: movement, breakClass: verdict.breakClass)
            try standing[key]?.take(line)
            try book(explained, in: &work)
        }
    }

    // MARK: What a line is about

    private func book(_ explained: ExplainedLine, in work: inout UnitOfWork) throws {
        let (line, movement) = (explained.line, explained.movement)
        let remittance = try remittance(of: line, in: work)
        let row = StatementLine(
            line, id: work.newIdentifier(), of: statement.id, in: remittance.id, about: movement.payment,
            explained.breakClass)
        let draft =
            explained.breakClass == .currencyDiffers
            ? try unexplained(row, remittance)
            : try PostingRules.remittanceLine(
                account, gross: explained.claimed(), fee: explained.fee(), claim: movement.item,
                remittance: remittance.item, on: line.date)
        try record(row, draft, in: &work)
        if let settled = explained.settledCapture, explained.breakClass != .currencyDiffers {
            try PaymentSettlement.note(settled: settled, of: movement.payment, context: context, in: &work)
        }
        try endBreaks(explained, in: &work)
        let facts = explained.facts(in: statement, id: row.id, remittance: remittance.id, fees: terms.fees)
        if let facts { try BreakStore.open(facts, context: context, in: &work) }
    }

    /// What the line brings that was missing.
    private func endBreaks(_ explained: ExplainedLine, in work: inout UnitOfWork) throws {
        let movement = explained.movement
        if movement.isMissed, movement.state == .open {
            for broken in try BreakStore.open(.missingThere, of: movement.key, in: work) {
                try BreakStore.resolve(broken, as: .laterLine, context: context, in: &work)
            }
        }
        guard movement.state == .settled, explained.breakClass == nil else { return }
        for broken in try BreakStore.open(.amountDiffers, of: movement.key, in: work) {
            try BreakStore.resolve(broken, as: .laterLine, context: context, in: &work)
        }
    }

    // MARK: What nobody can explain

    private func bookUnexplained(
        _ line: SettlementLine, _ verdict: LineVerdict, _ lookalikes: [ExpectedMovement], in work: inout UnitOfWork
    ) throws {
        guard case .unexplained(let kind, let resembled) = verdict else { return }
        let remittance = try remittance(of: line, in: work)
        let row = StatementLine(line, id: work.newIdentifier(), of: statement.id, in: remittance.id, about: nil, kind)
        try record(row, try unexplained(row, remittance), in: &work)
        let facts = BreakFacts(
            kind, source: statement.source, statement: statement.id, line: row.id,
            providerReference: line.providerReference, remittance: remittance.id, expected: nil, found: Figure(line),
            difference: line.net, resembles: lookalikes.first { $0.key == resembled }?.payment,
            dueDate: statement.date)
        try BreakStore.open(facts, context: context, in: &work)
    }

    private func unexplained(
        _ row: StatementLine, _ remittance: Remittance
    ) throws(AmountError) -> LedgerTransactionDraft? {
        try PostingRules.unexplainedLine(
            account, net: row.net, line: row.item, remittance: remittance.item, on: row.bookingDate)
    }

    // MARK: What the provider takes back

    /// The open break of a line in suspense that this one is the exact opposite of: the provider says that it was wrong.
    private func wrong(takenBackBy line: SettlementLine, in work: borrowing UnitOfWork) throws -> Break? {
        guard !line.net.isZero, let opposite = try? line.net.negated() else { return nil }
        return try BreakStore.inSuspense(named: line.providerReference, by: statement.source, in: work).first {
            guard $0.openAmount == opposite, let id = $0.facts.line else { return false }
            return try work.find(StatementLine.self, id)?.kind == .movement(line.kind)
        }
    }

    private func takeBack(_ broken: Break, by line: SettlementLine, in work: inout UnitOfWork) throws {
        let remittance = try remittance(of: line, in: work)
        let row = StatementLine(
            line, id: work.newIdentifier(), of: statement.id, in: remittance.id, about: broken.facts.payment, nil)
        try record(row, try unexplained(row, remittance), in: &work)
        guard let wrong = broken.facts.line, let net = broken.openAmount else { return }
        var journal = LedgerJournal()
        let draft = try PostingRules.lineTakenBack(
            account, net: net, line: OpenItem(.line, wrong.rawValue), by: row.item)
        if let draft { _ = try LedgerStore.post(draft, in: &work, journal: &journal) }
        try BreakStore.resolve(broken, as: .laterLine, ledger: LedgerMembers(journal), context: context, in: &work)
        guard let key = broken.facts.movement, var movement = try work.find(ExpectedMovement.self, key) else { return }
        // A line in another currency had spoken of it: now it waits for the right one again.
        movement.state = .open
        work.update(movement)
    }

    // MARK: Recording

    private func remittance(of line: SettlementLine, in work: borrowing UnitOfWork) throws -> Remittance {
        guard let known = try work.find(Remittance.byName, PairKey(account.text, line.remittance.text)) else {
            preconditionFailure("a statement's remittances are recorded when it is received")
        }
        return known
    }

    private func record(
        _ row: StatementLine, _ draft: LedgerTransactionDraft?, in work: inout UnitOfWork
    ) throws {
        try LineRecording.record(row, draft, context: context, in: &work)
    }
}
