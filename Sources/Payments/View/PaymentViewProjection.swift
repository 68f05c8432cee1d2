import EventLog
import JSON
import Ledger
import Storage

/// Builds the view of payments from events and nothing else.
package struct PaymentViewProjection: Projection {
    package static let name = "payment_view"

    package var name: String { Self.name }
    package var tables: [any TableDescription] { [PaymentView.table] }

    package init() {}

    package func read(_ event: EventDocument) throws -> ProjectedChange? {
        let sequence = event.id.sequence
        switch event.type {
        case ChargeInitiated.type:
            return beginning(try event.content(as: ChargeInitiated.self).row(at: event.time, sequence: sequence))
        case PaymentRecovered.type:
            return beginning(try event.content(as: PaymentRecovered.self).row(at: event.time, sequence: sequence))
        case CommandsSubmitted.type:
            let submitted = try event.content(as: CommandsSubmitted.self).operations
            return change(of: Array(Set(submitted.map(\.payment))), at: sequence) { view in
                for sent in submitted where sent.payment == view.id { view.note(sent) }
            }
        case CaptureRequested.type, VoidRequested.type, RefundRequested.type, AnswerLost.type, OutcomeRecorded.type,
            OutcomeQuestioned.type, OutcomeUnbookable.type, SettlementRecorded.type:
            let payment = try PaymentID(subject: event.subject)
            let changes = try changes(in: event)
            return change(of: [payment], at: sequence) { view in
                try changes.payment.apply(to: &view)
                for operation in changes.operations { view.note(operation) }
            }
        default:
            return nil
        }
    }

    private func beginning(_ row: PaymentRow) -> ProjectedChange {
        let view = PaymentView(beginning: row)
        return ProjectedChange { $0.insert(view) }
    }

    /// The members that say what changed. The rest of the event, most of it postings, is not looked at.
    private func changes(in event: EventDocument) throws -> PaymentChanges {
        var fields = try JSONFields(event.data())
        return try PaymentChanges(from: &fields)
    }

    private func change(
        of payments: [PaymentID], at sequence: Int64, _ body: @escaping @Sendable (inout PaymentView) throws -> Void
    ) -> ProjectedChange {
        ProjectedChange(expecting: payments.map { .row(PaymentView.self, $0) }) { work in
            for payment in payments {
                guard var view = try work.find(PaymentView.self, payment) else {
                    throw EventRejection.malformed("subject")
                }
                try body(&view)
                view.sequence = sequence
                work.update(view)
            }
        }
    }
}

extension PaymentView {
    /// An operation is sent: nobody doubts any more that it was not.
    fileprivate mutating func note(_ sent: CommandsSubmitted.Sent) {
        doubts.remove(sent.operation)
        if sent.isAuthorization, authorization == .accepted { authorization = .authorizing }
    }

    fileprivate mutating func note(_ change: OperationChange) {
        guard let state = change.state else { return }
        if state == .inDoubt { doubts.insert(change.id) } else { doubts.remove(change.id) }
    }
}
