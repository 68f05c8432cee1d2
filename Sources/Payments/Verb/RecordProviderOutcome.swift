import EventLog
import Ledger
import Money
import Storage

/// The one door for facts: whatever a provider says has happened, in a reply, a callback, an answer to a question or a file,
/// comes in here. A fact is always booked; one that breaks a rule is flagged and waits for a person, too.
///
/// If the process dies before the commit nothing happened: the provider says it again, or is asked.
package struct RecordProviderOutcome: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let providerAccount: PathSegment
        package let facts: [ProviderFact]
        package let context: EventContext

        package init(book: BookID, providerAccount: PathSegment, facts: [ProviderFact], context: EventContext) {
            self.book = book
            self.providerAccount = providerAccount
            self.facts = facts
            self.context = context
        }
    }

    let database: Database
    let texts: PrivateTextStore
    let random: any RandomSource

    package init(database: Database, texts: PrivateTextStore, random: any RandomSource) {
        self.database = database
        self.texts = texts
        self.random = random
    }

    /// Records facts in their order, in one commit.
    package func run(_ command: Command) async throws -> [RecordedOutcome] {
        let heard = hear(command.facts)
        let keys = heard.flatMap { $0.expectedKeys(at: command.providerAccount) }
        return try await database.write(command.book, expecting: keys) { work in
            try heard.map { fact in
                try perform(fact, from: command.providerAccount, context: command.context, in: &work)
            }
        }
    }

    /// Facts with the randomness that recording them takes, drawn before the unit of work.
    package func hear(_ facts: [ProviderFact]) -> [HeardFact] {
        facts.map { HeardFact($0, random: random) }
    }

    /// All that a provider could say of a payment, likewise.
    func hear(_ recalled: RecalledPayment) -> [HeardFact] {
        recalled.facts.map { HeardFact($0, isFinalCapture: recalled.isFinal($0), random: random) }
    }

    /// Records one fact inside a unit of work that records more, such as the notification it came in.
    package func perform(
        _ heard: HeardFact, from account: PathSegment, context: EventContext, in work: inout UnitOfWork
    ) throws -> RecordedOutcome {
        let search = FactSubjectSearch(
            fact: heard.fact, account: account, isFinalCapture: heard.isFinalCapture)
        guard let row = try search.payment(in: work) else {
            return try keepOrphan(heard.fact, from: account, context: context, in: &work)
        }
        do {
            return try work.attempt { (work: inout UnitOfWork) throws -> RecordedOutcome in
                let subject = try search.subject(of: row, in: &work)
                return try take(heard, subject, row, context: context, in: &work)
            }
        } catch let fault as FactFault {
            return try keepUnbookable(heard.fact, UnbookableReason(fault), row, context: context, in: &work)
        } catch is PostingRejection {
            return try keepUnbookable(heard.fact, .postingRefused, row, context: context, in: &work)
        }
    }

    private func take(
        _ heard: HeardFact, _ found: FactSubject, _ row: PaymentRow, context: EventContext, in work: inout UnitOfWork
    ) throws -> RecordedOutcome {
        let contract = try ProviderAccountStore.find(row.payment.providerAccount, in: work)
        var subject = found
        let outcome = try subject.take(heard.fact, recognition: contract.capabilities.feeRecognition)
        switch outcome.verdict {
        case .drop: return .repeated(row.payment.id)
        case .lookUp: return try question(heard.fact, outcome.lookUps, row, context: context, in: &work)
        case .apply: break
        }

        var hand = PaymentInHand(row)
        for booking in outcome.bookings {
            let id = try booking.record(in: &work, journal: &hand.ledger)
            subject.record(id, for: booking)
        }
        hand.put(subject, found: found)
        try hand.tellPeople(outcome, of: heard.fact, in: &work)
        if let address = heard.address { try texts.put(address, of: AllowedText(hand.payment.id), in: &work) }
        let event = OutcomeRecorded(
            payment: hand.payment.id, fact: heard.fact, nextActionURL: heard.address?.hash, changes: hand.changes,
            ledger: LedgerMembers(hand.ledger), workItems: WorkItemMembers(hand.workItems))
        try hand.append(event, context: context, in: &work)

        try OutcomeFollowUp(before: row, subject: subject, context: context)
            .perform(outcome, contract.capabilities, &hand, recording: self, in: &work)
        return .applied(hand.payment.id)
    }
}
