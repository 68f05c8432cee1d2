import EventLog
import JSON
import Ledger
import Storage

/// Asks for the end of an authorization before anything is captured. The hold ends when the provider confirms, not before;
/// only a payment the provider has certainly not heard of ends at once.
package struct VoidPayment: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let request: IdempotentRequest
        package let payment: PaymentID
        package let context: EventContext

        package init(book: BookID, request: IdempotentRequest, payment: PaymentID, context: EventContext) {
            self.book = book
            self.request = request
            self.payment = payment
            self.context = context
        }
    }

    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// - Throws: `IdempotencyRejection`; a `RequestRejection` that is not kept, as for a payment that is not there.
    package func run(_ command: Command) async throws -> IdempotentAnswer {
        let claim = IdempotencyClaim(command.request, in: command.book, for: command)
        let keys = [IdempotencyStore.expectedKey(claim), .row(PaymentRow.self, command.payment)]
        let answered = try await database.write(command.book, expecting: keys) { work in
            try work.once(
                claim, about: command.payment.description, of: command.payment, context: command.context
            ) { work in
                var hand = try PaymentInHand.find(command.payment, for: .void, in: work)
                return try VoidPayment.request(of: &hand, claim: claim, context: command.context, in: &work)
            }
        }
        return try answered.answer(from: database, book: command.book)
    }

    /// The request itself, a caller's or our own.
    static func request(
        of hand: inout PaymentInHand, claim: IdempotencyClaim?, context: EventContext, in work: inout UnitOfWork
    ) throws -> IdempotentAnswer {
        var void: PaymentOperation
        do { void = try hand.payment.requestVoid(id: work.newIdentifier(), at: work.now) } catch {
            throw RequestRejection(error)
        }
        if hand.row.authorizationState == .requested {
            void = try withdraw(void, &hand, in: &work)
        } else {
            hand.put(void, found: nil)
            if hand.payment.canBeVoidedByProvider {
                ProviderCommandStore.enqueue(void, of: hand.payment, in: &work)
            }
        }
        let event = VoidRequested(
            payment: hand.payment.id, changes: hand.changes, ledger: LedgerMembers(hand.ledger), claim: claim)
        return IdempotentAnswer(.operation(void), sequence: try hand.append(event, context: context, in: &work))
    }

    /// Nobody outside knows of the payment: its command is withdrawn, and with it everything is over.
    private static func withdraw(
        _ void: PaymentOperation, _ hand: inout PaymentInHand, in work: inout UnitOfWork
    ) throws -> PaymentOperation {
        let found = FactSubject(payment: hand.payment, authorization: hand.row.authorization, voiding: void)
        var subject = found
        for booking in subject.withdraw() { _ = try booking.record(in: &work, journal: &hand.ledger) }
        hand.payment = subject.payment
        hand.put(subject.authorization, found: found.authorization)
        let ended = subject.voiding ?? void
        hand.put(ended, found: nil)
        try ProviderCommandStore.finish(subject.authorization.command, in: &work)
        return ended
    }
}

extension VoidPayment.Command: Fingerprinted {
    /// What is voided stands in the path.
    package func write(fingerprint: inout JSONWriter) {}
}
