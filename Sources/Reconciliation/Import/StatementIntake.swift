import EventLog
import Ledger
import Money
import Storage

/// Receives a file that was read: the statement, the remittances it tells of or the balances it ends with. Its lines follow.
struct StatementIntake: Sendable {
    let format: String
    let content: StatementContent
    let hash: [UInt8]
    let terms: SettlementTerms

    /// - Returns: The statement, and whether it was received before and broken off.
    func perform(
        context: EventContext, in work: inout UnitOfWork
    ) throws -> (statement: Statement, isKnown: Bool) {
        if let known = try work.find(Statement.byHash, hash) { return (try known.checked(against: terms), true) }
        if let reference = content.reference,
            let named = try work.find(Statement.byName, Statement.name(reference, from: source))
        {
            throw ImportRejection.nameTaken(reference, by: named.id)
        }
        if let line = content.lineOutOfRange { throw ImportRejection.amountOutOfRange(line: line) }
        switch content {
        case .settlement(let content): return (try receive(content, context, in: &work), false)
        case .bank(let content): return (try receive(content, context, in: &work), false)
        }
    }

    private var source: StatementSource { content.source(under: terms) }

    private func statement(_ id: StatementID, coversUntil: Instant?, lineCount: Int, at now: Instant) -> Statement {
        Statement(
            id: id, source: source, format: format, hash: hash, reference: content.reference, date: content.date,
            coversUntil: coversUntil, lineCount: Int64(lineCount), receivedAt: now)
    }

    // MARK: A provider's

    private func receive(
        _ content: SettlementContent, _ context: EventContext, in work: inout UnitOfWork
    ) throws -> Statement {
        let statement = statement(
            work.newIdentifier(), coversUntil: content.coversUntil, lineCount: content.lines.count, at: work.now)
        var told: [TotalledRemittance] = []
        for totals in content.remittances { told.append(try note(totals, of: content.date, in: &work)) }
        work.insert(statement)
        work.append(StatementReceived(statement, remittances: told), context: context)
        return statement
    }

    private func note(
        _ totals: RemittanceTotals, of date: BookingDate, in work: inout UnitOfWork
    ) throws -> TotalledRemittance {
        let name = PairKey(terms.providerAccount.text, totals.reference.text)
        let dueDate = date.adding(days: Int(terms.arrivalDays)) ?? date
        let known = try work.find(Remittance.byName, name)
        var remittance =
            known
            ?? Remittance(
                id: work.newIdentifier(), providerAccount: terms.providerAccount, bank: terms.bank,
                reference: totals.reference, date: date, dueDate: dueDate, currency: totals.currency)
        do { try remittance.add(totals) } catch { throw ImportRejection.remittanceConflicts(totals.reference) }
        if known == nil { work.insert(remittance) } else { work.update(remittance) }
        return TotalledRemittance(
            id: remittance.id, bank: remittance.bank, dueDate: remittance.dueDate, totals: totals)
    }

    // MARK: A bank's

    private func receive(
        _ content: BankContent, _ context: EventContext, in work: inout UnitOfWork
    ) throws -> Statement {
        let openings = try openingLines(content, in: work)
        var statement = statement(
            work.newIdentifier(), coversUntil: nil, lineCount: content.lines.count + openings.count, at: work.now)
        for balance in content.balances {
            let row = BankAccountBalance(
                bank: terms.bank, closing: balance.closing, date: content.date, statement: statement.id)
            if try work.find(BankAccountBalance.self, row.key) == nil { work.insert(row) } else { work.update(row) }
        }
        work.append(
            StatementReceived(statement, balances: content.balances.map { ClosingBalance($0.closing) }),
            context: context)
        let booking = BankBooking(statement: statement, bank: terms.bank, context: context)
        for line in openings { try booking.bookOpening(line, in: &work) }
        statement.bookedCount = Int64(openings.count)
        work.insert(statement)
        return statement
    }

    /// A line for each currency whose account held something before the first file we were given; numbered after the file's.
    private func openingLines(_ content: BankContent, in work: borrowing UnitOfWork) throws -> [BankLine] {
        var lines: [BankLine] = []
        for balance in content.balances {
            let key = BankAccountBalance.key(terms.bank, balance.currency)
            if let last = try work.find(BankAccountBalance.self, key)?.closing {
                guard last == balance.opening else {
                    throw ImportRejection.balanceDoesNotFollow(last: last, opening: balance.opening)
                }
            } else if !balance.opening.isZero {
                let number = Int64(content.lines.count + lines.count + 1)
                lines.append(
                    BankLine(
                        number: number, bookingDate: content.date, valueDate: content.date, amount: balance.opening,
                        remittance: nil, bankReference: nil))
            }
        }
        return lines
    }
}

extension StatementContent {
    /// The first line with an amount beyond 2^60 minor units. Below that nothing a line is compared or netted with can leave
    /// its range, so that a file that is received can be booked to its end.
    var lineOutOfRange: Int64? {
        func isOut(_ amount: Amount) -> Bool { amount.minorUnits.magnitude > 1 << 60 }
        switch self {
        case .settlement(let content):
            return content.lines.first { isOut($0.gross) || isOut($0.fee) || isOut($0.net) }?.number
        case .bank(let content):
            return content.lines.first { isOut($0.amount) }?.number
        }
    }

    /// Whose file it is, where it comes under a provider account.
    func source(under terms: SettlementTerms) -> StatementSource {
        switch self {
        case .settlement: .provider(terms.providerAccount)
        case .bank: .bank(terms.bank)
        }
    }
}

extension Statement {
    /// Itself, where it is the provider account's or its bank's.
    /// - Throws: `ImportRejection.belongsElsewhere`.
    func checked(against terms: SettlementTerms) throws(ImportRejection) -> Statement {
        let own: [StatementSource] = [.provider(terms.providerAccount), .bank(terms.bank)]
        guard own.contains(source) else { throw .belongsElsewhere(id, source) }
        return self
    }
}
