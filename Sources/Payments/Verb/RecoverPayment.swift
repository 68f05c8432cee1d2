import EventLog
import Ledger
import Storage

/// Makes a payment anew that these books have forgotten, as after a backup was put back: the provider is asked what it knows
/// of it, the payment begins again under the number it had, and everything the provider says of it is heard.
///
/// Nothing is ever sent: a recovered payment has no command, so that no worker can take it for one that was not asked for yet.
/// Of a payment that is known, only what it lacks is heard. If the process dies before the commit nothing happened; run again,
/// what was recovered is known and every fact a repeat.
package struct RecoverPayment: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let providerAccount: PathSegment
        /// The provider's name for the payment.
        package let payment: ProviderReference
        /// Whose sale it was: the provider does not know that. Nil for the book's only merchant.
        package let merchant: PathSegment?
        package let context: EventContext

        package init(
            book: BookID, providerAccount: PathSegment, payment: ProviderReference, merchant: PathSegment? = nil,
            context: EventContext
        ) {
            self.book = book
            self.providerAccount = providerAccount
            self.payment = payment
            self.merchant = merchant
            self.context = context
        }
    }

    private let database: Database
    private let directory: ProviderDirectory
    private let outcomes: RecordProviderOutcome

    package init(database: Database, directory: ProviderDirectory, outcomes: RecordProviderOutcome) {
        self.database = database
        self.directory = directory
        self.outcomes = outcomes
    }

    /// Asks with no transaction open, then writes what was said in one commit.
    /// - Throws: `RequestRejection` where the provider account is not there, or nothing says whose sale a forgotten payment was.
    package func run(_ command: Command) async throws -> RecoveryOutcome {
        let account = try database.read(command.book) { try ProviderAccountStore.find(command.providerAccount, in: $0) }
        guard let account else { throw RequestRejection(.charge, .unknownProviderAccount) }
        guard let provider = try directory.party(of: account, in: command.book)?.provider else { return .unanswered }
        switch await provider.recall(command.payment) {
        case .notFound: return .unknownThere
        case .unknown: return .unanswered
        case .found(let recalled): return try await record(recalled, command)
        }
    }

    private func record(_ recalled: RecalledPayment, _ command: Command) async throws -> RecoveryOutcome {
        // The provider has not decided; when it has, it says so, and then the payment can be told whole.
        guard let first = recalled.facts.first else { return .undecided }
        let merchant = try command.merchant ?? database.read(command.book) { try SoleParties.Parties(in: $0).merchant }
        let heard = outcomes.hear(recalled)
        let keys = heard.flatMap { $0.expectedKeys(at: command.providerAccount) }
        let context = EventContext(actor: .provider(command.providerAccount))
        return try await database.write(command.book, expecting: keys) { work in
            let isKnown = try FactSubjectSearch(fact: first, account: command.providerAccount).payment(in: work) != nil
            if !isKnown {
                guard let id = try recalled.forgottenNumber(in: work) else { return .notOurs }
                try begin(recalled, id, merchant, command, in: &work)
            }
            let recorded = try heard.map { fact in
                try outcomes.perform(fact, from: command.providerAccount, context: context, in: &work)
            }
            if !isKnown { return .recovered }
            return recorded.contains(where: \.isNews) ? .completed : .known
        }
    }

    /// Holds what the payer was charged, and begins the payment as the event that tells of it begins it.
    private func begin(
        _ recalled: RecalledPayment, _ id: PaymentID, _ code: PathSegment?, _ command: Command,
        in work: inout UnitOfWork
    ) throws {
        guard let code, let merchant = try work.find(Merchant.byCode, code.text) else {
            throw RequestRejection(.charge, .unknownMerchant)
        }
        let payment = Payment(
            id: id, amount: recalled.amount, merchant: merchant.code, providerAccount: command.providerAccount,
            method: recalled.method, captureMode: recalled.captureMode,
            terms: merchant.terms.terms(in: recalled.amount.currency), reference: nil, createdAt: work.now)
        var ledger = LedgerJournal()
        var workItems = WorkItemJournal()
        _ = try PostingRules.chargeAccepted(payment, by: .fact).record(in: &work, journal: &ledger)
        for flag in ledger.flags {
            let draft = WorkItemDraft(WorkItemKind(flag), of: id, amount: recalled.amount)
            try WorkItemStore.open(draft, in: &work, journal: &workItems)
        }
        let event = PaymentRecovered(
            payment, knownAs: command.payment, ledger: LedgerMembers(ledger), workItems: WorkItemMembers(workItems))
        PaymentStore.insert(try event.row(at: work.now, sequence: work.nextSequence), in: &work)
        work.append(event, context: command.context)
    }
}

/// What became of a look at one payment.
package enum RecoveryOutcome: String, Hashable, Sendable, CaseIterable {
    /// It was forgotten, and begins again under the number it had.
    case recovered
    /// It was known, and lacked something the provider said.
    case completed
    /// It was known, and lacked nothing.
    case known
    /// The provider has not decided on it yet.
    case undecided
    /// The provider has it, and it never was ours to ask for: made in its dashboard, or by others.
    case notOurs = "not_ours"
    /// The provider has no payment of that name.
    case unknownThere = "unknown_there"
    /// The provider could not be asked.
    case unanswered
}

extension RecalledPayment {
    /// The number the payment had here, if it is ours and nothing has that number now.
    fileprivate func forgottenNumber(in work: borrowing UnitOfWork) throws -> PaymentID? {
        guard let command = reference.flatMap(ProviderCommandID.init(text:)) else { return nil }
        let id = PaymentID(rawValue: command.rawValue)
        guard try work.find(PaymentRow.self, id) == nil else { return nil }
        return id
    }
}

extension RecordedOutcome {
    fileprivate var isNews: Bool {
        switch self {
        case .applied, .questioned, .orphaned, .unbookable: true
        case .repeated: false
        }
    }
}
