import EventLog
import Money
import Storage

/// The ledger folded from its events in memory, by code that shares nothing with the code that wrote them but the reading
/// of a posting. It notes what cannot be and goes on, so that one run names all that is wrong.
///
/// Memory: about 50 bytes for each ledger transaction, since any may be reversed one day.
package struct LedgerFold {
    package private(set) var findings: [LedgerFinding] = []
    /// The sequence of the last event folded; 0 before the first.
    package private(set) var sequence: Int64 = 0

    var accounts: [AccountPath: FoldedAccount] = [:]
    var items: [FoldedItem.Key: FoldedItem] = [:]
    var holds: [LedgerTransactionID: FoldedHold] = [:]
    /// What was recorded, and how much of what counts is still there to be reversed.
    var recorded: [LedgerTransactionID: Recorded] = [:]

    struct Recorded {
        /// The first leg's amount.
        let minorUnits: Int64
        /// Whether it may be reversed at all.
        let isReversible: Bool
        var reversed: Int64 = 0
    }

    package init() {}

    /// Takes the next event of the log, of any type.
    package mutating func apply(_ event: EventDocument) {
        sequence = event.id.sequence
        do {
            if event.type == AccountChanged.type { return change(try event.content()) }
            let members = try LedgerMembers(of: event)
            for account in members.accounts { open(account) }
            for transaction in members.transactions { record(transaction, at: event.time) }
        } catch {
            note(event.type, .unreadable("\(error)"))
        }
    }

    mutating func note(_ subject: String, _ fault: LedgerFinding.Fault) {
        findings.append(LedgerFinding(sequence: sequence, subject: subject, fault: fault))
    }

    // MARK: Accounts

    private mutating func open(_ opened: OpenedAccount) {
        guard accounts[opened.path] == nil else { return note(opened.path.text, .accountOpenedTwice) }
        accounts[opened.path] = FoldedAccount(opened)
    }

    private mutating func change(_ changed: AccountChanged) {
        guard accounts[changed.path]?.id == changed.account else { return note(changed.path.text, .unknownAccount) }
        accounts[changed.path]?.change(changed.change)
    }

    // MARK: Ledger transactions

    private mutating func record(_ transaction: LoggedTransaction, at moment: Instant) {
        guard recorded[transaction.id] == nil else { return note(transaction.id.description, .recordedTwice) }
        recorded[transaction.id] = Recorded(
            minorUnits: transaction.postings[0].minorUnits,
            isReversible: transaction.phase.isPosted && transaction.phase != .reversal)
        for posting in transaction.postings { adopt(posting.account) }
        checkSums(of: transaction)
        for posting in transaction.postings { count(posting, transaction.phase) }
        checkLimits(of: transaction)
        if let kind = transaction.hold { holds[transaction.id] = FoldedHold(transaction, kind) }
        if transaction.phase.endsHold { takeFromHold(transaction, at: moment) }
        if transaction.phase == .reversal { takeFromOriginal(transaction) }
    }

    /// An account that is written and was never opened is one finding, not one for each of its postings.
    private mutating func adopt(_ path: AccountPath) {
        guard accounts[path] == nil else { return }
        note(path.text, .unknownAccount)
        accounts[path] = FoldedAccount()
    }

    private mutating func takeFromHold(_ transaction: LoggedTransaction, at moment: Instant) {
        guard let parent = transaction.parent, var hold = holds[parent] else {
            return note(transaction.id.description, .unknownHold)
        }
        let taken = transaction.postings[0].minorUnits
        guard hold.remaining > 0 else { return note(parent.description, .holdEndedTwice) }
        guard taken <= hold.remaining else {
            return note(parent.description, .holdExceeded(remaining: hold.remaining, taken: taken))
        }
        if !hold.hasLegs(of: transaction) { note(transaction.id.description, .holdLegsDiffer) }
        if transaction.phase == .holdExpired, hold.expiresAt.map({ moment < $0 }) ?? true {
            note(parent.description, .expiredEarly)
        }
        hold.take(taken, transaction.phase)
        holds[parent] = hold
    }

    private mutating func takeFromOriginal(_ transaction: LoggedTransaction) {
        guard let parent = transaction.parent, var original = recorded[parent], original.isReversible else {
            return note(transaction.id.description, .unknownOriginal)
        }
        let reversed = transaction.postings[0].minorUnits
        let remaining = original.minorUnits - original.reversed
        guard reversed <= remaining else {
            return note(parent.description, .originalExceeded(remaining: remaining, reversed: reversed))
        }
        original.reversed += reversed
        recorded[parent] = original
    }
}
