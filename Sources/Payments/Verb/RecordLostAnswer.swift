import EventLog
import Storage

/// Records that a provider was asked and no usable answer came: the operation is in doubt, and the provider is asked what
/// became of it. Doubt is never resolved by trying again.
package enum RecordLostAnswer {
    /// - Parameter lookUpAt: When the provider is to be asked.
    package static func perform(
        _ id: ProviderCommandID, lookUpAt: Instant, context: EventContext, in work: inout UnitOfWork
    ) throws {
        guard let command = try ProviderCommandStore.find(id, in: work),
            let row = try PaymentStore.find(command.payment, in: work),
            let found = try PaymentOperationStore.find(command.operation, of: command.payment, in: work)
        else { return }
        guard found.state.isOpen else { return try ProviderCommandStore.settle(id, lookUpAt: lookUpAt, in: &work) }
        if found.state != .inDoubt {
            var hand = PaymentInHand(row)
            var operation = found
            hand.payment.doubt(&operation)
            hand.put(operation, found: found)
            let event = AnswerLost(payment: row.payment.id, changes: hand.changes)
            try hand.append(event, context: context, in: &work)
        }
        try ProviderCommandStore.requestLookUp(id, at: lookUpAt, in: &work)
    }
}
