import JSON
import Storage

/// What a callback says: one fact under a name of its own.
struct CallbackEvent {
    let id: String
    let createdAt: Instant
    let fact: AnnounceFact.Fact
    private var amountError: Int64 = 0

    init(id: String, createdAt: Instant, fact: AnnounceFact.Fact) {
        self.id = id
        self.createdAt = createdAt
        self.fact = fact
    }

    /// The same event as a forger would tell it.
    var withFalseAmount: CallbackEvent {
        var event = self
        event.amountError = 1
        return event
    }

    var isOfAuthorization: Bool {
        if case .operation(let operation) = fact { operation.kind == .authorization } else { false }
    }

    var body: String {
        var json = JSONWriter()
        json.beginObject()
        json.field("id", id)
        switch fact {
        case .operation(let operation):
            json.field("type", "\(operation.kind.rawValue).\(operation.status.rawValue)")
            json.field("created", createdAt.description)
            json.field("reference", ifPresent: operation.reference)
            json.beginObject("data")
            json.members(of: operation, amountError: amountError)
        case .dispute(let dispute):
            json.field("type", "dispute.\(dispute.status.rawValue)")
            json.field("created", createdAt.description)
            json.field("reference", dispute.authorizationReference)
            json.beginObject("data")
            json.members(of: dispute, amountError: amountError)
        }
        json.endObject()
        json.endObject()
        return json.takeText()
    }
}
