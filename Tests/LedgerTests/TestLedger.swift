import EventLog
import Ledger
import Money
import Storage
import SummaTestKit
import Testing

/// A ledger in a real database of its own. Accounts and amounts are named in text and minor units, so that a test reads
/// as a list of what happened.
final class TestLedger {
    let test: TestDatabase
    let context = EventContext(actor: "key:test")

    init(clock: ManualClock = ManualClock(), runsOwnThread: Bool = false, rowsPerRun: Int? = nil) throws {
        test = try TestDatabase([LedgerSchema.migration], clock: clock, runsOwnThread: runsOwnThread) {
            if let rowsPerRun { $0.runs.rowsPerRun = rowsPerRun }
        }
    }

    // MARK: Accounts

    @discardableResult
    func open(
        _ path: String, _ type: AccountType = .liability, owner: AllowedText? = nil, floor: Int64? = nil,
        ceiling: Int64? = nil
    ) throws -> Account {
        let path = try self.path(path)
        let draft = try AccountDraft(
            path: path, type: type, currency: Currency(path.currencyCode.description), ownerID: owner, floor: floor,
            ceiling: ceiling)
        let command = OpenAccount.Command(book: .first, draft: draft, context: context)
        return try test.write { try OpenAccount.perform(command, in: &$0) }
    }

    @discardableResult
    func change(_ path: String, _ change: AccountChange) throws -> Account {
        let command = ChangeAccount.Command(
            book: .first, account: .path(try self.path(path)), change: change, context: context)
        return try test.write { try ChangeAccount.perform(command, in: &$0) }
    }

    func path(_ text: String) throws -> AccountPath { try #require(AccountPath(text)) }

    // MARK: Ledger transactions

    /// The amount in minor units, in the currency the debited path ends in.
    func draft(
        _ minorUnits: Int64, debit: String, credit: String, reason: PostingReason = .manual,
        phase: LedgerTransactionDraft.Phase = .posted, as authority: PostingAuthority = .caller,
        externalID: String? = nil, item: OpenItem? = nil, creditItem: OpenItem? = nil, booked: BookingDate? = nil,
        occurredAt: Instant? = nil
    ) throws -> LedgerTransactionDraft {
        let currency = try Currency(path(debit).currencyCode.description)
        let amount = Amount(minorUnits: minorUnits, currency: currency)
        return try LedgerTransactionDraft(
            reason,
            [
                Posting(.path(path(debit)), .debit, amount, item: item),
                Posting(.path(path(credit)), .credit, amount, item: creditItem),
            ],
            phase: phase, authority: authority, externalID: externalID.flatMap(ExternalID.init(_:)),
            bookingDate: booked, occurredAt: occurredAt)
    }

    @discardableResult
    func post(_ draft: LedgerTransactionDraft) throws -> RecordedTransaction {
        let context = context
        return try test.write {
            try PostLedgerTransaction.perform(draft, context: context, in: &$0).transaction
        }
    }

    @discardableResult
    func post(
        _ minorUnits: Int64, debit: String, credit: String, as authority: PostingAuthority = .caller
    ) throws -> RecordedTransaction {
        try post(draft(minorUnits, debit: debit, credit: credit, as: authority))
    }

    @discardableResult
    func hold(
        _ minorUnits: Int64, debit: String, credit: String, _ kind: HoldKind = .reservation,
        as authority: PostingAuthority = .caller
    ) throws -> RecordedTransaction {
        try post(draft(minorUnits, debit: debit, credit: credit, phase: .pending(kind), as: authority))
    }

    @discardableResult
    func end(
        _ hold: LedgerTransactionID, _ ending: EndHold.Ending, as authority: PostingAuthority = .caller
    ) throws -> RecordedTransaction {
        let command = EndHold.Command(
            book: .first, hold: hold, ending: ending, authority: authority, context: context)
        return try test.write { try EndHold.perform(command, in: &$0) }
    }

    @discardableResult
    func reverse(
        _ id: LedgerTransactionID, _ minorUnits: Int64? = nil, as authority: PostingAuthority = .caller
    ) throws -> RecordedTransaction {
        let command = ReverseLedgerTransaction.Command(
            book: .first, transaction: id, minorUnits: minorUnits, authority: authority, context: context)
        return try test.write { try ReverseLedgerTransaction.perform(command, in: &$0) }
    }

    /// Books a fact as a module above the ledger would, and answers what was flagged.
    func fact(_ draft: LedgerTransactionDraft) throws -> (recorded: RecordedTransaction, flags: [PostingFlag]) {
        let context = context
        return try test.write { work in
            var journal = LedgerJournal()
            let recorded = try LedgerStore.post(draft, in: &work, journal: &journal)
            work.append(
                LedgerTransactionPosted(subject: recorded.id.description, ledger: LedgerMembers(journal)),
                context: context)
            return (recorded, journal.flags)
        }
    }

    // MARK: What is there now

    func account(_ path: String) throws -> Account {
        let path = try self.path(path)
        return try #require(try test.read { try LedgerQueries($0).account(.path(path)) }, "\(path) is there")
    }

    func balance(_ path: String) throws -> Balance {
        let account = try account(path)
        return try test.read { try LedgerQueries($0).balance(of: account).balance }
    }

    func hold(_ id: LedgerTransactionID) throws -> Hold {
        try #require(try test.read { try $0.find(Hold.self, id) })
    }

    func events() throws -> [EventDocument] {
        try test.read { rows in
            var events: [EventDocument] = []
            try rows.events(after: 0, limit: .max) { events.append(try EventDocument(Array($1))) }
            return events
        }
    }

    /// What is recorded, for tests that nothing was changed.
    func sequence() throws -> Int64 { try test.read { $0.asOf } }
}

extension Balance {
    /// Posted debits and credits, then pending ones.
    init(_ debitsPosted: Int64, _ creditsPosted: Int64, _ debitsPending: Int64 = 0, _ creditsPending: Int64 = 0) {
        self.init(
            debitsPosted: debitsPosted, creditsPosted: creditsPosted, debitsPending: debitsPending,
            creditsPending: creditsPending)
    }
}

/// What is expected of the world after a refusal: the refusal itself, and that no event and no counter moved.
func expectRefusal<Rejection: Error & Equatable>(
    _ rejection: Rejection, in ledger: TestLedger, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> some Any
) throws {
    let before = try ledger.sequence()
    #expect(throws: rejection, sourceLocation: sourceLocation) { _ = try body() }
    #expect(try ledger.sequence() == before, "a refusal is no event", sourceLocation: sourceLocation)
    #expect(try ledger.isFolded(), "a refusal leaves the counters alone", sourceLocation: sourceLocation)
}

extension TestLedger {
    /// The events folded from the first on.
    func fold() throws -> LedgerFold {
        var fold = LedgerFold()
        for event in try events() { fold.apply(event) }
        return fold
    }

    /// Whether nothing is wrong with the events, and the rows are what they add up to.
    func isFolded() throws -> Bool {
        let fold = try fold()
        let findings = try test.read { try fold.findings + fold.compare(with: $0) }
        #expect(findings == [])
        return findings.isEmpty
    }
}
