import EventLog
import Ledger
import Money
import Payments
import Storage

/// Books the lines of a bank's file: a remittance that arrived or was drawn (rows 10 and 10b), the bank's fee (row 30), and
/// to suspense what nobody recognises (row 33). Each moves the cash, so that it always is what the bank says.
struct BankBooking {
    let statement: Statement
    let bank: PathSegment
    let context: EventContext

    func book(_ line: BankLine, in work: inout UnitOfWork) throws {
        if line.kind == .fee, line.amount.isNegative { return try bookFee(line, in: &work) }
        guard let remittance = try remittance(of: line, in: work) else {
            return try bookUnidentified(line, isOpening: false, in: &work)
        }
        try receive(line, remittance, in: &work)
    }

    /// What stood on the account before the first statement we were given: nobody here knows whose it is.
    func bookOpening(_ line: BankLine, in work: inout UnitOfWork) throws {
        try bookUnidentified(line, isOpening: true, in: &work)
    }

    // MARK: Remittances

    /// The remittance a line names, if exactly one on its way to this account has that name and currency.
    private func remittance(of line: BankLine, in work: borrowing UnitOfWork) throws -> Remittance? {
        guard line.kind == .transfer, let reference = line.remittance else { return nil }
        let named = try work.group(Remittance.byReference, reference.text).filter { $0.bank == bank }
        guard named.count == 1, named[0].currency == line.currency else { return nil }
        return named[0]
    }

    private func receive(_ line: BankLine, _ known: Remittance, in work: inout UnitOfWork) throws {
        var remittance = known
        try remittance.receive(line.amount, sequence: work.nextSequence)
        work.update(remittance)
        let outstanding = try remittance.outstanding()
        let row = StatementLine(
            line, id: work.newIdentifier(), of: statement.id, isOpening: false, bringing: remittance.id,
            outstanding.isZero ? nil : .remittanceDiffersBank)
        let draft = try PostingRules.remittanceReceived(
            remittance.providerAccount, line.amount, bank: bank, remittance: remittance.item, on: dates(line))
        try LineRecording.record(row, draft, context: context, in: &work)
        try RemittanceReview(remittance, line: row.id, statement: statement, context: context).perform(in: &work)
    }

    // MARK: The rest

    private func bookFee(_ line: BankLine, in work: inout UnitOfWork) throws {
        let row = StatementLine(
            line, id: work.newIdentifier(), of: statement.id, isOpening: false, bringing: nil, nil)
        let draft = PostingRules.bankFee(try line.amount.negated(), bank: bank, on: dates(line))
        try LineRecording.record(row, draft, context: context, in: &work)
    }

    private func bookUnidentified(_ line: BankLine, isOpening: Bool, in work: inout UnitOfWork) throws {
        let row = StatementLine(
            line, id: work.newIdentifier(), of: statement.id, isOpening: isOpening, bringing: nil, .missingHere)
        let draft = try PostingRules.unidentified(line.amount, bank: bank, item: row.item, on: dates(line))
        try LineRecording.record(row, draft, context: context, in: &work)
        let facts = BreakFacts(
            .missingHere, source: statement.source, statement: statement.id, line: row.id,
            providerReference: line.remittance, expected: nil, found: Figure(amount: line.amount),
            difference: line.amount, dueDate: line.bookingDate)
        try BreakStore.open(facts, context: context, in: &work)
    }

    private func dates(_ line: BankLine) -> FactDates {
        FactDates(bookingDate: line.bookingDate, valueDate: line.valueDate)
    }
}
