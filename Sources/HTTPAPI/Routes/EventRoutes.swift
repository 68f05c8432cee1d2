import HTTPTypes
import Payments
import Storage

/// Events, as the exact bytes they are hashed as.
struct EventRoutes {
    let services: Services

    var routes: [Route] {
        [.get("/v1/events/{sequence}", .read, event)]
    }

    @Sendable private func event(_ call: Call, _ principal: Principal) throws -> Answer {
        guard let sequence = Int64(plainDigits: call.parameters["sequence"]), sequence >= 1 else {
            throw Problem(.parameterInvalid, "sequence must be a whole number of 1 or more", param: "sequence")
        }
        let bytes = try services.database.read(principal.book) { try $0.event(at: sequence) }
        guard let bytes else { throw Problem(.eventNotFound, "the log has no event \(sequence) yet") }
        return Answer(status: .ok, headers: [.contentType: "application/cloudevents+json"], body: bytes)
    }
}
