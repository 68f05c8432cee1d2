import JSON
import Payments

/// The way out of a doubt about the clock: a person looks at it and says that it is right.
struct ClockRoute {
    let services: Services

    /// None where nothing watches the clock.
    var routes: [Route] {
        guard let clockGuard = services.clockGuard else { return [] }
        return [
            .post("/v1/clock/confirm", .confirmClock, body: .none) { call, principal in
                try await clockGuard.confirm(call.context(principal))
                return .json(.ok, JSONWriter.object { $0.field("trusted", clockGuard.isTrusted()) })
            }
        ]
    }
}
