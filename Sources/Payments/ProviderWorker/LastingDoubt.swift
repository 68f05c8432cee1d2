import EventLog
import JSON
import Storage

/// Puts a doubt that asking has not resolved for long on people's list. It goes on being asked about, and leaves the list when
/// an answer comes.
struct LastingDoubt {
    let patience: ProviderPatience

    func tellPeople(
        of id: ProviderCommandID, context: EventContext, in work: inout UnitOfWork
    ) throws {
        guard let command = try ProviderCommandStore.find(id, in: work),
            let first = try work.find(ProviderAttempt.self, PairKey(id, 1)),
            work.now.since(first.startedAt) >= patience.doubtMax,
            let operation = try PaymentOperationStore.find(command.operation, of: command.payment, in: work),
            operation.state.isOpen
        else { return }
        var journal = WorkItemJournal()
        try WorkItemStore.open(
            WorkItemDraft(.inDoubt, of: command.payment, amount: operation.amount), in: &work, journal: &journal)
        guard !journal.isEmpty else { return }
        PaymentEventStore.note(command.payment, in: &work)
        work.append(
            DoubtLasted(payment: command.payment, operation: operation.id, workItems: WorkItemMembers(journal)),
            context: context)
    }
}

package struct DoubtLasted: EventContent, Hashable {
    package static let type = "summa.payments.doubt.lasted"
    package static let meaning =
        "A provider could not tell for long what became of an operation: a person asks now, too."
    package static let subjectMeaning = "the payment"
    package static let fields =
        [EventField("operation", .identifier(PaymentOperationID.prefix), "the operation in doubt")]
        + WorkItemMembers.fields
    package static let example = DoubtLasted(
        payment: PaymentID(rawValue: 1 << 61), operation: PaymentOperationID(rawValue: 1 << 61),
        workItems: WorkItemMembers())

    package let payment: PaymentID
    package let operation: PaymentOperationID
    package let workItems: WorkItemMembers

    package var subject: String { payment.description }

    init(payment: PaymentID, operation: PaymentOperationID, workItems: WorkItemMembers) {
        self.payment = payment
        self.operation = operation
        self.workItems = workItems
    }

    package func write(to data: inout JSONWriter) {
        data.field("operation", operation.description)
        workItems.write(to: &data)
    }

    package init(subject: String, from data: inout JSONFields) throws {
        payment = try PaymentID(subject: subject)
        operation = try data.logged("operation", PaymentOperationID.init(text:))
        workItems = try WorkItemMembers(from: &data)
    }
}
