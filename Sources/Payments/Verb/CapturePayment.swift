import EventLog
import JSON
import Ledger
import Money
import Storage

/// Asks for a capture, of all that was promised or of part of it: reserves the amount under the authorization and queues the
/// command. Nothing is posted before the provider has said so.
package struct CapturePayment: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let request: IdempotentRequest
        package let payment: PaymentID
        /// Nil for all that may still be captured.
        package let amount: StatedAmount?
        /// That no capture follows: what is left of the promise is returned.
        package let isFinal: Bool
        package let context: EventContext

        package init(
            book: BookID, request: IdempotentRequest, payment: PaymentID, amount: StatedAmount? = nil,
            isFinal: Bool = false,
            context: EventContext
        ) {
            self.book = book
            self.request = request
            self.payment = payment
            self.amount = amount
            self.isFinal = isFinal
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
                try CapturePayment.perform(command, claim, in: &work)
            }
        }
        return try answered.answer(from: database, book: command.book)
    }

    private static func perform(
        _ command: Command, _ claim: IdempotencyClaim, in work: inout UnitOfWork
    ) throws -> IdempotentAnswer {
        var hand = try PaymentInHand.find(command.payment, for: .capture, in: work)
        let contract = try ProviderAccountStore.find(hand.payment.providerAccount, in: work)
        let capture: PaymentOperation
        do {
            capture = try hand.payment.requestCapture(
                of: command.amount?.amount(of: hand.payment), isFinal: command.isFinal, id: work.newIdentifier(),
                from: contract.capabilities,
                at: work.now)
        } catch {
            throw RequestRejection(error)
        }
        hand.put(capture, found: nil)
        ProviderCommandStore.enqueue(capture, of: hand.payment, in: &work)
        let event = CaptureRequested(
            payment: command.payment, changes: hand.changes, ledger: LedgerMembers(hand.ledger), claim: claim)
        return IdempotentAnswer(
            .operation(capture), sequence: try hand.append(event, context: command.context, in: &work))
    }
}

extension CapturePayment.Command: Fingerprinted {
    package func write(fingerprint: inout JSONWriter) {
        fingerprint.field("amount", ifPresent: amount?.minorUnits)
        fingerprint.field("currency", ifPresent: amount?.currency?.description)
        if isFinal { fingerprint.field("final", true) }
    }
}
