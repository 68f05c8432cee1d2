import EventLog
import Ledger
import Storage

/// What a fact sets going, once it is booked: nothing is asked any more about what is decided, what waited for it is sent,
/// facts that could not be placed before are heard, and a late success is given back where the merchant wants it so.
struct OutcomeFollowUp {
    let before: PaymentRow
    let subject: FactSubject
    let context: EventContext

    func perform(
        _ outcome: FactOutcome, _ capabilities: ProviderCapabilities, _ hand: inout PaymentInHand,
        recording: RecordProviderOutcome, in work: inout UnitOfWork
    ) throws {
        try finishCommands(of: hand.payment, in: &work)
        try sendWaitingVoid(hand, in: &work)
        if before.payment.isInDoubt, !hand.payment.isInDoubt {
            try WorkItemStore.settle(.inDoubt, of: AllowedText(hand.payment.id), in: &work, context: context)
        }
        if outcome.returnsLateSuccess { try giveBack(&hand, capabilities, in: &work) }
        try adoptOrphans(hand, recording: recording, in: &work)
    }

    private func finishCommands(of payment: Payment, in work: inout UnitOfWork) throws {
        let operations = [subject.authorization, subject.operation, subject.voiding].compactMap(\.self)
        for operation in operations where operation.origin == .request && !operation.state.isOpen {
            if operation.kind == .authorization, payment.awaitsAutomaticCapture {
                try askLater(operation.command, in: &work)
            } else if operation.kind == .authorization, !before.authorization.state.isOpen,
                !before.payment.awaitsAutomaticCapture
            {
                // The fact was about something else: a question about the promise is still one. That the charge's own capture
                // was made answers it.
                try ProviderCommandStore.finishUnlessInQuestion(operation.command, in: &work)
            } else {
                try ProviderCommandStore.finish(operation.command, in: &work)
            }
        }
    }

    /// The provider told of the promise, and will tell of the capture it makes by itself; should that get lost, it is asked.
    /// While the first answer is still out, the attempt it belongs to says what comes next.
    private func askLater(_ command: ProviderCommandID, in work: inout UnitOfWork) throws {
        guard try ProviderCommandStore.find(command, in: work)?.status != .claimed else { return }
        try ProviderCommandStore.requestLookUp(
            command, at: work.now.advanced(by: Self.automaticCapturePatience), in: &work)
    }

    private static let automaticCapturePatience = Instant.Span.seconds(10)

    /// A void that was asked for before the provider could know the payment is sent when it does.
    private func sendWaitingVoid(_ hand: PaymentInHand, in work: inout UnitOfWork) throws {
        guard let voiding = subject.voiding, hand.payment.voiding == voiding.id, voiding.state == .requested,
            hand.payment.canBeVoidedByProvider, try ProviderCommandStore.find(voiding.command, in: work) == nil
        else { return }
        ProviderCommandStore.enqueue(voiding, of: hand.payment, in: &work)
    }

    /// Whether that is possible is the rules' to say; where it is not, the work item of the late success stands.
    private func giveBack(
        _ hand: inout PaymentInHand, _ capabilities: ProviderCapabilities, in work: inout UnitOfWork
    ) throws {
        let given = hand
        do {
            hand = try work.attempt { (work: inout UnitOfWork) throws -> PaymentInHand in
                var hand = given
                if hand.payment.amounts.captured.isPositive {
                    _ = try RefundPayment.request(
                        nil, of: &hand, capabilities, claim: nil, context: context, in: &work)
                } else {
                    _ = try VoidPayment.request(of: &hand, claim: nil, context: context, in: &work)
                }
                return hand
            }
        } catch is RequestRejection {}
    }

    /// The provider's name for the payment is known now: what was said of it before is heard as if it came just now.
    private func adoptOrphans(
        _ hand: PaymentInHand, recording: RecordProviderOutcome, in work: inout UnitOfWork
    ) throws {
        guard before.payment.providerReference == nil, let reference = hand.payment.providerReference else { return }
        let account = hand.payment.providerAccount
        for orphan in try OrphanFactStore.waiting(for: reference, at: account, in: work) {
            try recording.adopt(orphan, by: hand.payment.id, context: context, in: &work)
        }
    }
}
