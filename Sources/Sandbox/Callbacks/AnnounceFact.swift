import Storage

/// Puts a fact's callback on its way, in the manner the payment's token asks for.
struct AnnounceFact {
    let work: SandboxWork

    enum Fact {
        case operation(Operation)
        case dispute(Dispute)
    }

    /// - Returns: How the answer goes out, where this happens inside a request.
    func run(_ fact: Fact, of token: PaymentToken, telling: Telling) throws -> Delivery {
        guard try isCalledBack(telling) else { return .atOnce }
        let event = CallbackEvent(id: try work.newIdentifier("evt"), createdAt: work.now, fact: fact)
        let timings = work.rules.timings
        let soon = timings.callback
        switch token.callbacks {
        case .plain: try send(event, after: soon)
        case .twice:
            try send(event, after: soon)
            try send(event, after: soon + soon)
        case .outOfOrder: try send(event, after: event.isOfAuthorization ? soon + timings.reorder : soon)
        case .late: try send(event, after: soon + timings.late)
        case .beforeAnswer:
            try send(event, after: .milliseconds(0))
            return telling == .answer ? .heldBack : .atOnce
        case .afterForgery:
            try send(event.withFalseAmount, signing: .forged, after: soon)
            try send(event, after: soon + timings.reorder)
        case .afterStale:
            try send(event, signing: .stale, after: soon)
            try send(event, after: soon + timings.reorder)
        }
        return .atOnce
    }

    private func isCalledBack(_ telling: Telling) throws -> Bool {
        switch telling {
        case .nobody: false
        case .callback: true
        case .answer: try AccountStore.load(in: work).callbacks == .all
        }
    }

    private func send(_ event: CallbackEvent, signing: Callback.Signing = .sound, after span: Instant.Span) throws {
        try CallbackStore.insert(event: event.id, body: event.body, signing: signing, after: span, in: work)
    }
}

extension Instant.Span {
    static func + (left: Instant.Span, right: Instant.Span) -> Instant.Span {
        Instant.Span(microseconds: left.microseconds + right.microseconds)
    }
}
