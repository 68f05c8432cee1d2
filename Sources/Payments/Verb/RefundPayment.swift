import EventLog
import JSON
import Ledger
import Money
import Storage

/// Asks for captured money to go back to the payer: reserves the amount under the payment's ceiling and out of the
/// merchant's funds (row 12), and queues the command.
package struct RefundPayment: Sendable {
    package struct Command: Sendable {
        package let book: BookID
        package let request: IdempotentRequest
        package let payment: PaymentID
        /// Nil for all that may still be refunded.
        package let amount: StatedAmount?
        package let context: EventContext

        package init(
            book: BookID, request: IdempotentRequest, payment: PaymentID, amount: StatedAmount? = nil,
            context: EventContext
        ) {
            self.book = book
            self.request = request
            self.payment = payment
            self.amount = amount
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
                var hand = try PaymentInHand.find(command.payment, for: .refund, in: work)
                let contract = try ProviderAccountStore.find(hand.payment.providerAccount, in: work)
                let amount = command.amount?.amount(of: hand.payment)
                return try RefundPayment.request(
                    amount, of: &hand, contract.capabilities, claim: claim, context: command.context, in: &work)
            }
        }
        return try answered.answer(from: database, book: command.book)
    }

    /// The request itself, a caller's or our own.
    static func request(
        _ amount: Amount?, of hand: inout PaymentInHand, _ capabilities: ProviderCapabilities,
        claim: IdempotencyClaim?, context: EventContext, in work: inout UnitOfWork
    ) throws -> IdempotentAnswer {
        var refund: PaymentOperation
        do {
            refund = try hand.payment.requestRefund(
                of: amount, id: work.newIdentifier(), from: capabilities, at: work.now)
        } catch {
            throw RequestRejection(error)
        }
        try MerchantDebt.align(hand.payment, context: context, in: &work)
        let booking = PostingRules.refundRequested(hand.payment, refund.amount)
        let hold = try RequestRejection.told(of: .refund, refund.amount) {
            try booking.record(in: &work, journal: &hand.ledger)
        }
        refund.hold = OpenHold(id: hold, remaining: refund.amount)
        hand.put(refund, found: nil)
        ProviderCommandStore.enqueue(refund, of: hand.payment, in: &work)
        let event = RefundRequested(
            payment: hand.payment.id, changes: hand.changes, ledger: LedgerMembers(hand.ledger), claim: claim)
        return IdempotentAnswer(.operation(refund), sequence: try hand.append(event, context: context, in: &work))
    }
}

extension RefundPayment.Command: Fingerprinted {
    package func write(fingerprint: inout JSONWriter) {
        fingerprint.field("amount", ifPresent: amount?.minorUnits)
        fingerprint.field("currency", ifPresent: amount?.currency?.description)
    }
}
