import EventLog
import Storage

/// What a caller is told of a request, the first time and every time it comes again: rendered from the event, so that it is
/// the same whatever has happened since.
package struct IdempotentAnswer: Hashable, Sendable {
    package let body: Body
    /// The event it is told from: the caller's place in the log.
    package let sequence: Int64
    /// Whether the request had been answered before.
    package let isReplayed: Bool

    package enum Body: Hashable, Sendable {
        /// A payment as its charge began it.
        case payment(PaymentRow)
        /// A capture, void or refund as it was asked for.
        case operation(PaymentOperation)
        case rejected(RequestRejection)
    }

    package init(_ body: Body, sequence: Int64, isReplayed: Bool = false) {
        self.body = body
        self.sequence = sequence
        self.isReplayed = isReplayed
    }

    /// Whether a rule of the business said no.
    package var isRejected: Bool {
        if case .rejected = body { true } else { false }
    }
}

extension IdempotentAnswer {
    /// The answer an event tells. A type of event never changes, and neither does the answer made of it: another answer would
    /// need another type.
    /// - Throws: `EventRejection.otherType` for an event that answers no request.
    package init(replaying event: EventDocument) throws {
        let body: Body =
            switch event.type {
            case ChargeInitiated.type:
                .payment(
                    try event.content(as: ChargeInitiated.self).row(at: event.time, sequence: event.id.sequence))
            case CaptureRequested.type: try Body(event, as: CaptureRequested.self)
            case VoidRequested.type: try Body(event, as: VoidRequested.self)
            case RefundRequested.type: try Body(event, as: RefundRequested.self)
            case RequestRejected.type: .rejected(try event.content(as: RequestRejected.self).rejection)
            default: throw EventRejection.otherType(event.type)
            }
        self.init(body, sequence: event.id.sequence, isReplayed: true)
    }
}

extension IdempotentAnswer.Body {
    fileprivate init<Content: OperationRequested>(_ event: EventDocument, as content: Content.Type) throws {
        guard let operation = try event.content(as: content).operation(at: event.time) else {
            throw EventRejection.missing("data.operations")
        }
        self = .operation(operation)
    }
}
