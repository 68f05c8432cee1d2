import EventLog

/// The event types of payments.
package enum PaymentEvents {
    package static let contents: [any EventContent.Type] = [
        ChargeInitiated.self, CaptureRequested.self, VoidRequested.self, RefundRequested.self, RequestRejected.self,
        CommandsSubmitted.self, AnswerLost.self, OutcomeRecorded.self, OutcomeQuestioned.self, OutcomeUnbookable.self,
        FactOrphaned.self, OrphanAdopted.self, SettlementRecorded.self, DoubtLasted.self,
        PaymentRecovered.self,
    ]
}
