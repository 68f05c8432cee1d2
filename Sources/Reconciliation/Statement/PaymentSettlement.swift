import EventLog
import Money
import Payments
import Storage

/// Tells a payment how far its captures have come, in its own currency: what a provider moved in another stands in suspense
/// and settles nothing.
enum PaymentSettlement {
    static func note(
        settled: Amount? = nil, received: Amount? = nil, of id: PaymentID, context: EventContext,
        in work: inout UnitOfWork
    ) throws {
        guard let payment = try PaymentStore.find(id, in: work)?.payment else { return }
        let own = [settled, received].compactMap { $0?.currency }.allSatisfy { $0 == payment.currency }
        guard own else { return }
        try RecordSettlement.perform(id, settled: settled, received: received, context: context, in: &work)
    }
}
