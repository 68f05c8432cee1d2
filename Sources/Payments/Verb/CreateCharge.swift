import EventLog
import Ledger
import Money
import Storage

/// Accepts a charge: the beginning of a payment. The payment, its hold, the command to its provider and the event that tells
/// of them are one commit; the provider is asked afterwards, by whoever takes the command.
///
/// If the process dies before the commit nothing happened, and the caller tries again; after it, all of it did.
package struct CreateCharge: Sendable {
    let database: Database
    let texts: PrivateTextStore
    let random: any RandomSource
    let sole: SoleParties?

    /// - Parameter sole: Remembers whom a charge means that names nobody; nil to look each time.
    package init(
        database: Database, texts: PrivateTextStore, random: any RandomSource, sole: SoleParties? = nil
    ) {
        self.database = database
        self.texts = texts
        self.random = random
        self.sole = sole
    }

    /// - Throws: `IdempotencyRejection`; `RequestRejection` where merchant or provider account are not there.
    package func run(_ command: Command) async throws -> IdempotentAnswer {
        let claim = IdempotencyClaim(command.request, in: command.book, for: command)
        let parties = try ChargeParties(of: command, in: database, sole)
        let notes = ChargeNotes(command, random: random)
        let keys = [IdempotencyStore.expectedKey(claim)] + parties.expectedKeys(in: command.amount.currency)
        let answered = try await database.write(command.book, expecting: keys) { work in
            try work.once(claim, about: parties.subject, context: command.context) { work in
                try perform(command, parties, notes, claim, in: &work)
            }
        }
        return try answered.answer(from: database, book: command.book)
    }

    private func perform(
        _ command: Command, _ parties: ChargeParties, _ notes: ChargeNotes, _ claim: IdempotencyClaim,
        in work: inout UnitOfWork
    ) throws -> IdempotentAnswer {
        let (merchant, contract) = try parties.find(in: work)
        try contract.admit(command.amount)
        if let fee = command.platformFee, fee.minorUnits > command.amount.minorUnits {
            throw RequestRejection(.charge, .feeExceedsAmount, requested: fee, limit: command.amount)
        }
        let terms = merchant.terms.terms(in: command.amount.currency, platformFee: command.platformFee)
        var payment = Payment(
            id: work.newIdentifier(), amount: command.amount, merchant: merchant.code, providerAccount: contract.code,
            method: command.method, captureMode: command.captureMode, terms: terms, reference: command.reference,
            createdAt: work.now)

        var journal = LedgerJournal()
        let hold = try RequestRejection.told(of: .charge, command.amount) {
            try PostingRules.chargeAccepted(payment).record(in: &work, journal: &journal)
        }
        payment.holds = [OpenHold(id: hold, remaining: command.amount)]
        try notes.put(of: payment.id, into: texts, in: &work)
        let row = PaymentRow(payment, hold: hold, sequence: work.nextSequence)
        PaymentStore.insert(row, in: &work)
        ProviderCommandStore.enqueue(row.authorization, of: payment, in: &work)
        let event = ChargeInitiated(
            payment, description: notes.description?.hash, metadata: notes.metadata?.hash, claim: claim,
            ledger: LedgerMembers(journal))
        return IdempotentAnswer(.payment(row), sequence: work.append(event, context: command.context))
    }
}

extension CreateCharge {
    package struct Command: Sendable {
        package let book: BookID
        package let request: IdempotentRequest
        package let amount: Amount
        package let method: PaymentMethodToken
        /// Nil for the book's only one.
        package let merchant: PathSegment?
        /// Nil for the book's only one.
        package let providerAccount: PathSegment?
        package let captureMode: CaptureMode
        /// Our fee, where it is not the merchant's plan that says it; in the charge's currency.
        package let platformFee: Amount?
        package let reference: ExternalID?
        package let description: String?
        package let metadata: [(name: String, value: String)]
        package let context: EventContext

        /// - Throws: `RequestRejection` for an amount of zero or less, or a fee below zero or in another currency.
        package init(
            book: BookID, request: IdempotentRequest, amount: Amount, method: PaymentMethodToken,
            merchant: PathSegment? = nil, providerAccount: PathSegment? = nil, captureMode: CaptureMode = .automatic,
            platformFee: Amount? = nil, reference: ExternalID? = nil, description: String? = nil,
            metadata: [(name: String, value: String)] = [], context: EventContext
        ) throws(RequestRejection) {
            guard amount.isPositive else { throw RequestRejection(.charge, .amountNotPositive, requested: amount) }
            if let platformFee {
                guard platformFee.currency == amount.currency else {
                    throw RequestRejection(.charge, .currencyMismatch, requested: platformFee, limit: amount)
                }
                guard !platformFee.isNegative else {
                    throw RequestRejection(.charge, .amountNotPositive, requested: platformFee)
                }
            }
            self.book = book
            self.request = request
            self.amount = amount
            self.method = method
            self.merchant = merchant
            self.providerAccount = providerAccount
            self.captureMode = captureMode
            self.platformFee = platformFee
            self.reference = reference
            self.description = description
            self.metadata = metadata
            self.context = context
        }
    }
}
